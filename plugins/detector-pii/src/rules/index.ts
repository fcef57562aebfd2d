import type { PatternRule } from '@sluice/detect'
import type { PiiType } from '../types.ts'
import { cardRules } from './card.ts'
import { emailRules } from './email.ts'
import { ibanRules } from './iban.ts'
import { ipRules } from './ip.ts'
import { phoneRules } from './phone.ts'
import { ssnRules } from './ssn.ts'

export const piiRules: readonly PatternRule<PiiType>[] = [
  ...cardRules,
  ...ibanRules,
  ...ssnRules,
  ...emailRules,
  ...phoneRules,
  ...ipRules,
]
