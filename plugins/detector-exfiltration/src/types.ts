import type { DetectionTypeSpec } from '@sluice/core'

export type ExfiltrationType = 'EXFIL_IMAGE' | 'EXFIL_LINK' | 'EXFIL_HIDDEN_TEXT' | 'EXFIL_TERMINAL_ESCAPE'

const leaving = {
  riskDomain: 'DATA_PROTECTION',
  riskCategory: 'DATA_EXFILTRATION',
  dataClassification: 'NONE',
} as const
const covert = {
  riskDomain: 'SYSTEM_INTEGRITY',
  riskCategory: 'COVERT_CHANNEL',
  dataClassification: 'NONE',
} as const

export const exfiltrationTypes: Readonly<Record<ExfiltrationType, DetectionTypeSpec>> = {
  EXFIL_IMAGE: { message: 'A URL that is loaded without a click and carries data', severity: 'HIGH', ...leaving },
  EXFIL_LINK: { message: 'A link that carries data', severity: 'MEDIUM', ...leaving },
  EXFIL_HIDDEN_TEXT: { message: 'Text that no reader sees', severity: 'HIGH', ...covert },
  EXFIL_TERMINAL_ESCAPE: { message: 'An escape sequence that acts on a terminal', severity: 'MEDIUM', ...covert },
}
