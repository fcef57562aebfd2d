import type { Deed } from '../deed.ts'
import type { Masked } from './mask.ts'

const keywords = new Set(
  'select union insert update delete drop truncate alter create grant exec execute from where table order having sleep benchmark waitfor declare'.split(
    ' ',
  ),
)
const active =
  /\b(?:union|select|from|where|and|or|sleep|insert|update|delete|having|limit|benchmark|load_file)\b|\d\/0/i

/** Comments as a disguise: in the middle of a word, and MySQL's own that run only there. */
export function splitKeywords(text: string, { splits, running }: Masked): readonly Deed[] {
  const deeds: Deed[] = []
  for (const { start, end } of splits) {
    const before = /[A-Za-z]{1,10}$/.exec(text.slice(Math.max(0, start - 10), start))?.[0] ?? ''
    const after = /^[A-Za-z]{1,10}/.exec(text.slice(end, end + 10))?.[0] ?? ''
    if (!keywords.has(`${before}${after}`.toLowerCase())) continue
    deeds.push(deed('split-keyword', start - before.length, end + after.length, 0.9))
  }
  for (const { start, end } of running) {
    if (active.test(text.slice(start, end))) deeds.push(deed('running-comment', start, end, 0.75))
  }
  return deeds
}

function deed(rule: string, start: number, end: number, confidence: number): Deed {
  return { class: 'sql.injection', start, end, confidence, severity: 'HIGH', rule, evidence: 'pattern' }
}
