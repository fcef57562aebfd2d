import type { DetectionTypeSpec } from '@sluice/core'

export type FlowType = 'TOOL_UNTRUSTED_FLOW' | 'EXFIL_SENSITIVE_FLOW'

/** What this detector reports; which flow, stands in `data.rule`. */
export const flowTypes: Readonly<Record<FlowType, DetectionTypeSpec>> = {
  TOOL_UNTRUSTED_FLOW: {
    message: 'A tool call that acts holds what came out of a source it must not come from',
    severity: 'HIGH',
    riskDomain: 'AUTONOMOUS_ACTION',
    riskCategory: 'UNTRUSTED_FLOW',
    dataClassification: 'NONE',
  },
  EXFIL_SENSITIVE_FLOW: {
    message: 'Sensitive data was seen, and a call that sends things out follows',
    severity: 'HIGH',
    riskDomain: 'DATA_PROTECTION',
    riskCategory: 'DATA_EXFILTRATION',
    dataClassification: 'NONE',
  },
}
