import type { DetectionTypeSpec } from '@sluice/core'

export type LeakageType = 'EXFIL_SYSTEM_PROMPT' | 'EXFIL_CANARY'

const leaked = {
  riskDomain: 'DATA_PROTECTION',
  riskCategory: 'SYSTEM_PROMPT_LEAKAGE',
  dataClassification: 'IP',
} as const

export const leakageTypes: Readonly<Record<LeakageType, DetectionTypeSpec>> = {
  EXFIL_SYSTEM_PROMPT: { message: 'An answer that repeats the instructions it was given', severity: 'HIGH', ...leaked },
  EXFIL_CANARY: { message: 'A marker that only the instructions hold', severity: 'CRITICAL', ...leaked },
}
