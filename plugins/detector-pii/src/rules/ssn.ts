import { charSet } from '@sluice/detect'
import { numberGate } from '../gates/number-gate.ts'
import type { PiiRule } from '../identifier.ts'

const boundary = charSet('A-Za-z0-9_\\-')

const namesSsn = /\bss[ns]?\b|\bssn|social[ _-]?sec/i

/** Never issued: area 000, 666 and 900 to 999, group 00, serial 0000 (Social Security Administration, RM 10201.035). */
export const ssnRules: readonly PiiRule[] = [
  {
    name: 'ssn',
    type: 'PII_SSN',
    region: 'US',
    evidence: 'pattern',
    shapes: ['3-'],
    confidence: 0.85,
    severity: 'HIGH',
    anchor: { type: 'gate', gate: numberGate },
    boundary,
    pattern: /(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\dA-Za-z_]|[-.]\d)/,
    length: 13,
    stop: /[^\d.-]/,
    accept: ({ value }) => !published.has(value),
  },
  {
    name: 'ssn-spaced',
    type: 'PII_SSN',
    region: 'US',
    evidence: 'pattern',
    shapes: ['3 ', '3.'],
    confidence: 0.5,
    severity: 'MEDIUM',
    anchor: { type: 'gate', gate: numberGate },
    boundary,
    pattern: /(?!000|666|9)\d{3}(?<mark>[ .])(?!00)\d{2}\k<mark>(?!0000)\d{4}(?![\dA-Za-z_]|[-. ]\d)/,
    length: 13,
    stop: /[^\d. -]/,
    context: 2,
    // One of a row of numbers is no social security number.
    accept: ({ before }) => !/\d[ .]$/.test(before),
  },
  {
    name: 'ssn-in-context',
    type: 'PII_SSN',
    region: 'US',
    evidence: 'pattern',
    shapes: ['9', '3 ', '3.'],
    withWords: 0.8,
    words: namesSsn,
    confidence: 0.8,
    severity: 'HIGH',
    anchor: { type: 'gate', gate: numberGate },
    boundary,
    context: 40,
    pattern: /(?!000|666|9)\d{3}[ .]?(?!00)\d{2}[ .]?(?!0000)\d{4}(?![\dA-Za-z_]|[-.]\d)/,
    length: 13,
    stop: /[^\d. -]/,
    accept: ({ before }) => namesSsn.test(before),
  },
]

/** Printed on sample cards and voided by the Administration. */
const published: ReadonlySet<string> = new Set(['078-05-1120', '219-09-9999'])
