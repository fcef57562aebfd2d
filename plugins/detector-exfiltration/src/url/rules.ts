import { nothing, type PatternRule } from '@sluice/detect'
import type { ExfiltrationType } from '../types.ts'
import { longestUrl, reaches, urlUnits } from './cut.ts'
import type { EvidenceKind } from './evidence.ts'
import type { HostTest } from './hosts.ts'
import { judgeUrl } from './judge.ts'
import type { UrlEnd, Usage } from './place.ts'
import { urlGate } from './url-gate.ts'

const usages = ['image', 'definition', 'link', 'bare'] as const
const ends = Object.keys(reaches) as UrlEnd[] // Object.keys loses what the record's type says.

/** One rule for each way a URL is used and ends, all of them behind one gate. */
export function urlRules(isAllowed: HostTest): readonly PatternRule<ExfiltrationType>[] {
  return usages.flatMap((usage) => ends.map((end) => urlRule(usage, end, isAllowed)))
}

function urlRule(usage: Usage, end: UrlEnd, isAllowed: HostTest): PatternRule<ExfiltrationType> {
  return {
    name: `${usage === 'bare' ? 'url' : usage}-${end}`,
    type: usage === 'image' || usage === 'definition' ? 'EXFIL_IMAGE' : 'EXFIL_LINK',
    confidence: 0.8,
    anchor: { type: 'gate', gate: urlGate, key: `${usage} ${end}` },
    boundary: nothing,
    pattern: reaches[end].pattern,
    stop: reaches[end].stop,
    length: longestUrl + 2,
    accept({ value }) {
      const units = urlUnits(value, end)
      const found = judgeUrl(value.slice(0, units), usage === 'definition' ? 'link' : usage, isAllowed)
      if (found === undefined) return false
      return { units, confidence: found.confidence, severity: severityOf(usage, found.kind) }
    },
  }
}

/** What loads by itself is worse than what waits for a click; what only looks like data is less than what is. */
function severityOf(usage: Usage, kind: EvidenceKind): 'LOW' | 'MEDIUM' | 'HIGH' {
  const weak = kind === 'opaque'
  if (usage === 'image' || usage === 'definition') return weak ? 'MEDIUM' : 'HIGH'
  return usage === 'bare' && weak ? 'LOW' : 'MEDIUM'
}
