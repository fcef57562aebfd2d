import type { SecretRule } from '../secret-rule.ts'
import { aiRules } from './ai.ts'
import { aiPlatformRules } from './ai-platforms.ts'
import { assignmentRules } from './assignments.ts'
import { cloudRules } from './cloud.ts'
import { codeHostingRules } from './code-hosting.ts'
import { commandLineRules } from './command-line.ts'
import { commerceRules } from './commerce.ts'
import { communicationRules } from './communication.ts'
import { configurationFileRules } from './configuration-files.ts'
import { developerToolRules } from './developer-tools.ts'
import { infrastructureRules } from './infrastructure.ts'
import { paymentRules } from './payments.ts'
import { prefixedRules } from './prefixed.ts'
import { privateKeyRules } from './private-keys.ts'
import { productivityRules } from './productivity.ts'
import { saasRules } from './saas.ts'
import { urlAndTokenRules } from './urls-and-tokens.ts'
import { vendorNameRules } from './vendor-names.ts'

/** All rules. Where two say the same of the same text, the one named first is reported. */
export const secretRules: readonly SecretRule[] = [
  ...privateKeyRules,
  ...aiRules,
  ...cloudRules,
  ...codeHostingRules,
  ...communicationRules,
  ...commerceRules,
  ...saasRules,
  ...aiPlatformRules,
  ...configurationFileRules,
  ...infrastructureRules,
  ...developerToolRules,
  ...paymentRules,
  ...productivityRules,
  ...urlAndTokenRules,
  ...commandLineRules,
  ...assignmentRules,
  ...vendorNameRules,
  ...prefixedRules,
]
