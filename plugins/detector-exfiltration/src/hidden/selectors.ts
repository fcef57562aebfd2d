import { nothing, type PatternRule } from '@sluice/detect'
import type { ExfiltrationType } from '../types.ts'

const units = '\\ufe00-\\ufe0f\\udb40\\udd00-\\uddef'
const selector = '(?:[\\ufe00-\\ufe0f]|\\udb40[\\udd00-\\uddef])'
const selectors = Array.from({ length: 16 }, (_, at) => String.fromCharCode(0xfe00 + at))

/** 256 variation selectors are a byte each: a run of them behind any character is text. One alone chooses a glyph. */
export const selectorRules: readonly PatternRule<ExfiltrationType>[] = [
  {
    name: 'variation-selectors',
    type: 'EXFIL_HIDDEN_TEXT',
    confidence: 0.95,
    anchor: { type: 'literal', literals: [...selectors, '\udb40'] },
    boundary: nothing,
    pattern: new RegExp(`${selector}{3,2048}`),
    length: 4097,
    stop: new RegExp(`[^${units}]`),
  },
  {
    name: 'selectors-behind-letters',
    type: 'EXFIL_HIDDEN_TEXT',
    confidence: 0.85,
    anchor: { type: 'literal', literals: [...selectors, '\udb40'] },
    boundary: nothing,
    pattern: new RegExp(`${selector}{1,2}(?:[A-Za-z ,.]${selector}{1,2}){4,512}`),
    length: 2600,
    stop: new RegExp(`[^A-Za-z ,.${units}]`),
  },
]
