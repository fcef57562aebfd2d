import type { DetectionTypeSpec } from '@sluice/core'

export type ContentType =
  | 'CONTENT_HATE'
  | 'CONTENT_VIOLENCE'
  | 'CONTENT_SEXUAL'
  | 'CONTENT_SEXUAL_MINORS'
  | 'CONTENT_SELF_HARM'
  | 'CONTENT_PROFANITY'

// Whoever writes it, the harm is in what the application says or is made to say.
const harmful = { riskDomain: 'ADVERSARIAL', riskCategory: 'HARMFUL_CONTENT', dataClassification: 'NONE' } as const

export const contentTypes: Readonly<Record<ContentType, DetectionTypeSpec>> = {
  CONTENT_HATE: { message: 'Words that may be hate against a group of people', severity: 'MEDIUM', ...harmful },
  CONTENT_VIOLENCE: { message: 'Words that may threaten or ask for violence', severity: 'MEDIUM', ...harmful },
  CONTENT_SEXUAL: { message: 'Words that may be sexually explicit', severity: 'LOW', ...harmful },
  CONTENT_SEXUAL_MINORS: { message: 'Sexual words beside words for minors', severity: 'MEDIUM', ...harmful },
  CONTENT_SELF_HARM: { message: 'Words that may speak of suicide or self-harm', severity: 'MEDIUM', ...harmful },
  CONTENT_PROFANITY: { message: 'Profanity', severity: 'LOW', ...harmful },
}
