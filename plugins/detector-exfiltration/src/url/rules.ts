import { nothing, type PatternRule } from '@sluice/detect'
import type { ExfiltrationType } from '../types.ts'
import { longestUrl, reaches, urlUnits } from './cut.ts'
import type { EvidenceKind, Syntax } from './evidence.ts'
import type { HostTest } from './hosts.ts'
import { judgeUrl } from './judge.ts'
import type { UrlEnd } from './place.ts'
import { urlGate } from './url-gate.ts'

const ends = Object.keys(reaches) as UrlEnd[] // Object.keys loses what the record's type says.

/** One rule for each way a URL is used and ends, all of them behind one gate. */
export function urlRules(isAllowed: HostTest): readonly PatternRule<ExfiltrationType>[] {
  return (['image', 'link', 'bare'] as const).flatMap((syntax) => ends.map((end) => urlRule(syntax, end, isAllowed)))
}

function urlRule(syntax: Syntax, end: UrlEnd, isAllowed: HostTest): PatternRule<ExfiltrationType> {
  return {
    name: `${syntax === 'bare' ? 'url' : syntax}-${end}`,
    type: syntax === 'image' ? 'EXFIL_IMAGE' : 'EXFIL_LINK',
    confidence: 0.8,
    anchor: { type: 'gate', gate: urlGate, key: `${syntax} ${end}` },
    boundary: nothing,
    pattern: reaches[end].pattern,
    stop: reaches[end].stop,
    length: longestUrl + 2,
    accept({ value }) {
      const units = urlUnits(value, end)
      const found = judgeUrl(value.slice(0, units), syntax, isAllowed)
      if (found === undefined) return false
      return { units, confidence: found.confidence, severity: severityOf(syntax, found.kind) }
    },
  }
}

/** What loads by itself is worse than what waits for a click; what only looks like data is less than what is. */
function severityOf(syntax: Syntax, kind: EvidenceKind): 'LOW' | 'MEDIUM' | 'HIGH' {
  const weak = kind === 'opaque'
  if (syntax === 'image') return weak ? 'MEDIUM' : 'HIGH'
  return syntax === 'bare' && weak ? 'LOW' : 'MEDIUM'
}
