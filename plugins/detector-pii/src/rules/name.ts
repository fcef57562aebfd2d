import { patternGate } from '@sluice/detect'
import type { PiiRule } from '../identifier.ts'

/** Weak, and off unless asked for: what a person is introduced with, and one to three capitalised words. */
export const nameRules: readonly PiiRule[] = [
  {
    name: 'introduced-name',
    type: 'PII_PERSON_NAME',
    confidence: 0.4,
    severity: 'LOW',
    evidence: 'pattern',
    anchor: {
      type: 'gate',
      gate: patternGate(/(?:M(?:rs?|s|iss)|Dr|Prof)\.? [A-Z]|(?:[Mm]y name is|[Tt]his is|call me) [A-Z]/, 15),
    },
    pattern:
      /(?:M(?:rs?|s|iss)|Dr|Prof|[Mm]y name is|[Tt]his is|call me)\.? (?<value>\p{Lu}\p{Ll}{1,20}(?:[ -]\p{Lu}\p{Ll}{1,20}){0,2})/u,
    length: 90,
    stop: /\n/,
  },
]
