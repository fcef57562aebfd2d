import type { PiiRule } from '../identifier.ts'
import { addressRules } from './address.ts'
import { africaRules } from './africa.ts'
import { americaRules } from './america.ts'
import { asiaRules } from './asia.ts'
import { auRules } from './au.ts'
import { cardRules } from './card.ts'
import { cryptoRules } from './crypto.ts'
import { birthRules } from './dates.ts'
import { deRules } from './de.ts'
import { emailRules } from './email.ts'
import { esRules } from './es.ts'
import { euRules } from './eu.ts'
import { frRules } from './fr.ts'
import { gbRules } from './gb.ts'
import { healthRules } from './health.ts'
import { ibanRules } from './iban.ts'
import { inRules } from './in.ts'
import { ipRules } from './ip.ts'
import { itRules } from './it.ts'
import { krRules } from './kr.ts'
import { macRules } from './mac.ts'
import { nameRules } from './name.ts'
import { nordicRules } from './nordic.ts'
import { phoneRules } from './phone.ts'
import { ssnRules } from './ssn.ts'
import { trRules } from './tr.ts'
import { usRules } from './us.ts'

export const piiRules: readonly PiiRule[] = [
  ...cardRules,
  ...ibanRules,
  ...ssnRules,
  ...emailRules,
  ...phoneRules,
  ...ipRules,
  ...macRules,
  ...cryptoRules,
  ...birthRules,
  ...addressRules,
  ...nameRules,
  ...healthRules,
  ...usRules,
  ...gbRules,
  ...deRules,
  ...frRules,
  ...esRules,
  ...itRules,
  ...euRules,
  ...nordicRules,
  ...inRules,
  ...auRules,
  ...americaRules,
  ...krRules,
  ...asiaRules,
  ...trRules,
  ...africaRules,
]
