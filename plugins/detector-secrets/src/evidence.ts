import type { DetectorInstance, Finding } from '@sluice/core'
import { checksumConfidence } from './checksummed.ts'
import { secretRules } from './rules/index.ts'
import type { SecretType } from './types.ts'

const byRule = new Map<unknown, string>(secretRules.map(({ name, evidence = 'pattern' }) => [name, evidence]))

/** The scan, whose findings say in `data.evidence` what they rest on. */
export function withEvidence(scan: DetectorInstance<SecretType>): DetectorInstance<SecretType> {
  if (scan.mode !== 'scan') return scan
  const { whole } = scan
  return {
    ...scan,
    push: (state, text) => explained(scan.push(state, text)),
    end: (state) => explained(scan.end(state)),
    ...(whole === undefined ? {} : { whole: (segment, text) => whole(segment, text).map(explain) }),
  }
}

function explained<Step extends { readonly findings: readonly Finding<SecretType>[] }>(step: Step): Step {
  return step.findings.length === 0 ? step : { ...step, findings: step.findings.map(explain) }
}

function explain(finding: Finding<SecretType>): Finding<SecretType> {
  const evidence = finding.confidence === checksumConfidence ? 'checksum' : byRule.get(finding.data?.['rule'])
  return { ...finding, data: { ...finding.data, evidence: evidence ?? 'pattern' } }
}
