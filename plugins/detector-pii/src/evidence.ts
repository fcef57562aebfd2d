import type { DetectorInstance, Finding, ScanStep } from '@sluice/core'
import type { PiiRule } from './identifier.ts'
import type { PiiType } from './types.ts'

/**
 * Says of each finding what it rests on, and keeps of those over the very same span the best founded: where words
 * say what a number is, what it might have been by its form alone is dropped. Among equals all stay, since a policy
 * may name any of their types. Findings of one start are always reported in one step, however the text is cut.
 */
export function withEvidence(inner: DetectorInstance<PiiType>, rules: readonly PiiRule[]): DetectorInstance<PiiType> {
  if (inner.mode !== 'scan') return inner
  const byName = new Map(rules.map((rule) => [rule.name, rule]))
  const judge = (findings: readonly Finding<PiiType>[]): readonly Finding<PiiType>[] =>
    findings.length === 0 ? findings : bestOf(findings.map((finding) => explain(finding, byName)))
  const step = (taken: ScanStep<unknown, PiiType>): ScanStep<unknown, PiiType> => ({
    ...taken,
    findings: judge(taken.findings),
  })
  const { whole } = inner
  return {
    ...inner,
    push: (state, text) => step(inner.push(state, text)),
    end: (state) => step(inner.end(state)),
    ...(whole === undefined ? {} : { whole: (segment, text) => judge(whole(segment, text)) }),
  }
}

function explain(finding: Finding<PiiType>, byName: ReadonlyMap<string, PiiRule>): Finding<PiiType> {
  const rule = byName.get(String(finding.data?.['rule']))
  if (rule === undefined) return finding
  const words = rule.withWords !== undefined && finding.confidence >= rule.withWords
  return { ...finding, data: { ...finding.data, evidence: rule.evidence, ...(words ? { words } : {}) } }
}

function bestOf(findings: readonly Finding<PiiType>[]): readonly Finding<PiiType>[] {
  const named = new Map<string, number>()
  for (const one of findings) {
    if (one.data?.['words'] !== true) continue
    named.set(spanOf(one), Math.max(one.confidence, named.get(spanOf(one)) ?? 0))
  }
  if (named.size === 0) return findings
  return findings.filter(
    (one) => one.data?.['words'] === true || isFirm(one) || one.confidence >= (named.get(spanOf(one)) ?? 0),
  )
}

/** A checksum in a form of its own: words do not talk it away. */
function isFirm({ confidence, data }: Finding<PiiType>): boolean {
  return data?.['evidence'] === 'checksum' && confidence > 0.4
}

function spanOf({ start, end }: Finding<PiiType>): string {
  return `${start}-${end}`
}
