import type { Deed } from '../deed.ts'
import { documents } from './documents.ts'
import { fragments } from './fragments.ts'
import { literalSpans } from './literal-spans.ts'
import { mask } from './mask.ts'
import { shapes } from './shapes.ts'
import { splitKeywords } from './split-keywords.ts'
import { heads, readStatement } from './statements/index.ts'

/** Tokens of statements in full length; statements beyond are read so far only, and end there. */
const tokens = 5_000
const shortTokens = 32

/** What the SQL in a text would do, and what in it looks injected. In order of start. */
export function judgeSql(text: string): readonly Deed[] {
  const deeds: Deed[] = []
  const masked = mask(text)
  const quoted = literalSpans(masked.text)
  const budget = { left: tokens }
  heads.lastIndex = 0
  for (let head = heads.exec(masked.text); head !== null; head = heads.exec(masked.text)) {
    if (quoted(head.index)) continue
    const deed = readStatement(masked.text, head.index, budget.left > 0 ? budget : { left: shortTokens })
    if (deed !== undefined) deeds.push(deed)
  }
  for (const { rule, pattern, severity, confidence, holds, evidence = 'pattern' } of shapes) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(masked.text); match !== null; match = pattern.exec(masked.text)) {
      if (match[0] === '') pattern.lastIndex++
      else if (holds?.(match, masked.text) ?? true) {
        deeds.push({
          class: 'sql.injection',
          start: match.index,
          end: match.index + match[0].trimEnd().length,
          confidence,
          severity,
          rule,
          evidence,
        })
      }
    }
  }
  deeds.push(...splitKeywords(text, masked), ...documents(text), ...fragments(masked.text))
  return deeds.sort((one, other) => one.start - other.start || one.end - other.end)
}
