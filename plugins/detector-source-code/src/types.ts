import type { DetectionTypeSpec } from '@sluice/core'

export type SourceCodeType = 'IP_SOURCE_CODE' | 'SOURCE_CODE_BLOCK'

const shared = { riskDomain: 'DATA_PROTECTION', riskCategory: 'SOURCE_CODE_EXPOSURE' } as const

export const sourceCodeTypes: Readonly<Record<SourceCodeType, DetectionTypeSpec>> = {
  IP_SOURCE_CODE: {
    message: 'Code that a registered repository has too',
    severity: 'MEDIUM',
    ...shared,
    dataClassification: 'IP',
  },
  SOURCE_CODE_BLOCK: { message: 'A large block of code', severity: 'LOW', ...shared, dataClassification: 'NONE' },
}
