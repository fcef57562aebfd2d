import type { SecretRule } from '../secret-rule.ts'
import { aiRules } from './ai.ts'
import { assignmentRules } from './assignments.ts'
import { cloudRules } from './cloud.ts'
import { codeHostingRules } from './code-hosting.ts'
import { commerceRules } from './commerce.ts'
import { communicationRules } from './communication.ts'
import { privateKeyRules } from './private-keys.ts'
import { saasRules } from './saas.ts'
import { urlAndTokenRules } from './urls-and-tokens.ts'

/** All rules. Where two say the same of the same text, the one named first is reported. */
export const secretRules: readonly SecretRule[] = [
  ...privateKeyRules,
  ...aiRules,
  ...cloudRules,
  ...codeHostingRules,
  ...communicationRules,
  ...commerceRules,
  ...saasRules,
  ...urlAndTokenRules,
  ...assignmentRules,
]
