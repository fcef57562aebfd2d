import { nothing, type PatternRule } from '@sluice/detect'
import type { ExfiltrationType } from '../types.ts'
import { invisibleGate, invisibleUnits } from './invisible-gate.ts'

const invisible = `[${invisibleUnits}]`

/** Bits spelled by invisible characters. In scripts that need joiners they stand alone or in twos, between letters. */
export const zeroWidthRules: readonly PatternRule<ExfiltrationType>[] = [
  {
    name: 'zero-width-run',
    type: 'EXFIL_HIDDEN_TEXT',
    confidence: 0.93,
    anchor: { type: 'gate', gate: invisibleGate },
    boundary: nothing,
    pattern: new RegExp(`${invisible}{7,4096}`),
    length: 4097,
    stop: new RegExp(invisible.replace('[', '[^')),
  },
  {
    name: 'invisible-operators',
    type: 'EXFIL_HIDDEN_TEXT',
    confidence: 0.9,
    anchor: { type: 'gate', gate: invisibleGate },
    boundary: nothing,
    pattern: /[\u2061-\u2064]{4,1024}/,
    length: 1025,
    stop: /[^\u2061-\u2064]/,
  },
  {
    name: 'zero-width-between-letters',
    type: 'EXFIL_HIDDEN_TEXT',
    confidence: 0.8,
    severity: 'MEDIUM',
    anchor: { type: 'gate', gate: invisibleGate },
    boundary: nothing,
    pattern: new RegExp(`${invisible}{1,6}(?:[A-Za-z0-9 ]${invisible}{1,6}){5,256}`),
    length: 1800,
    stop: new RegExp(invisible.replace('[', '[^A-Za-z0-9 ')),
    // Soft hyphens say where a word may break.
    accept: ({ value }) => !/^[A-Za-z0-9 \u00ad]*$/.test(value),
  },
]
