import { nothing, type PatternRule } from '@sluice/detect'
import type { ExfiltrationType } from '../types.ts'

const line = '[^\\n\\r\\u2028\\u2029]'
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|\ud802[\udc00-\udfff]|\ud83a[\udc00-\udfff]/
const latin = /[A-Za-z]{2}|[0-9]{3}|[(){};=]{2}/
/** A control ends with its paragraph at the latest (UAX #9, X8); so much of a line is looked at. */
const lineUnits = 240

/**
 * Overrides that turn round text which its own letters would not, and embeddings or isolates that are never closed:
 * what is read is not what stands there (N. Boucher, R. Anderson, Trojan Source, 2021). Marks, and pairs, are how Hebrew
 * and Arabic are written beside Latin.
 */
export const bidiRules: readonly PatternRule<ExfiltrationType>[] = [
  {
    name: 'bidi-override',
    type: 'EXFIL_HIDDEN_TEXT',
    confidence: 0.9,
    anchor: { type: 'literal', literals: ['\u202d', '\u202e'] },
    boundary: nothing,
    pattern: new RegExp(`[\\u202d\\u202e](?:(?![\\u202c])${line}){1,${lineUnits}}\\u202c?`),
    length: lineUnits + 2,
    stop: /[\n\r\u2028\u2029\u202c]/,
    accept: ({ value }) => (value.startsWith('\u202e') ? latin.test(value) : rightToLeft.test(value)),
  },
  {
    name: 'bidi-unclosed',
    type: 'EXFIL_HIDDEN_TEXT',
    confidence: 0.75,
    severity: 'MEDIUM',
    anchor: { type: 'literal', literals: ['\u202a', '\u202b', '\u2066', '\u2067', '\u2068'] },
    boundary: nothing,
    pattern: new RegExp(`[\\u202a\\u202b\\u2066-\\u2068]${line}{1,${lineUnits}}`),
    length: lineUnits + 1,
    stop: /[\n\r\u2028\u2029]/,
    accept: ({ value }) =>
      value.length <= lineUnits && isUnclosed(value) && latin.test(value) && !rightToLeft.test(value),
  },
]

/** Whether the control that the line begins with is still open at its end. */
function isUnclosed(text: string): boolean {
  const isolate = text.charCodeAt(0) >= 0x2066
  const closes = isolate ? 0x2069 : 0x202c
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (isolate ? unit >= 0x2066 && unit <= 0x2068 : unit >= 0x202a && unit <= 0x202e && unit !== 0x202c) depth++
    if (unit === closes && --depth === 0) return false
  }
  return true
}
