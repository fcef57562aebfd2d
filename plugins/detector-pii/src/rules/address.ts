import { identifier, type PiiRule, words } from '../identifier.ts'

/** Weak, and off unless asked for: a house number, up to four words, and a word for a street. English only. */
export const addressRules: readonly PiiRule[] = [
  identifier({
    name: 'street-address',
    type: 'PII_POSTAL_ADDRESS',
    shapes: ['1 ', '2 ', '3 ', '4 ', '5 '],
    pattern:
      "\\d{1,5} (?:[A-Z][a-z'.]{0,14} ){1,2}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl)\\b",
    words: words('address|live[sd]? (?:at|on)|ship|deliver|mail|resid'),
    bare: 0.3,
    withWords: 0.5,
  }),
]
