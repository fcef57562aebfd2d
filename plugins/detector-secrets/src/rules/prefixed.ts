import { nothing, shannonEntropy } from '@sluice/detect'
import type { SecretRule } from '../secret-rule.ts'
import { tokenRunGate } from '../token-run-gate.ts'
import { looksTyped } from '../typed.ts'

/** Parts of a prefix that say "credential" at vendors of every kind. */
const telling =
  /(?:^|[_-])(?:sk|rk|pk|ak|key|apikey|token|tok|tkn|secret|sec|pat|access|auth|oauth|live|prod|test|bot|priv|private|svc|svcacct|sa|admin|oat|rt|refresh|pw|pwd|cred)\d{0,2}(?=[_-])/i
/** Names of things that are looked up, not held secret: digests, requests, messages, objects. */
const identifier =
  /^(?:sha\d{1,3}|md5|blake\w*|req|request|msg|message|chatcmpl|cmpl|call|toolu|tool|resp|run|thread|file|org|user|cus|evt|id|rs|fc|batch|asst|vs|step|item|proj|build|chunk|trace|span|session|commit|rev|css|data|image|img|asset|main|index|vendor|page|webpack|bundle|layer|node|pod)(?:[_-]|$)/i

/** Vendors whom nobody listed: `abc_live_…`, `xyz-sk-…`, `acme_pat_…`, `abcd_` and 36 and more mixed characters. */
export const prefixedRules: readonly SecretRule[] = [
  {
    name: 'prefixed-token',
    title: 'Token of an unlisted vendor: a prefix, then a long random part',
    type: 'CREDENTIALS_API_KEY',
    confidence: 0.6,
    severity: 'MEDIUM',
    rank: 'generic',
    evidence: 'entropy',
    anchor: { type: 'gate', gate: tokenRunGate },
    boundary: nothing,
    pattern:
      /(?<prefix>[A-Za-z][A-Za-z0-9]{0,11}(?:[_-][A-Za-z0-9]{1,10}){0,3}[_-])(?<random>[A-Za-z0-9]{24,200})(?![A-Za-z0-9_-]|\.[a-z])/,
    length: 260,
    stop: /[^A-Za-z0-9_-]/,
    accept: ({ groups }) => isRandom(groups['prefix'] ?? '', groups['random'] ?? ''),
    examples: {
      found: [
        'use [[acme_live_{an:32}]] for it',
        '[[zq-sk-{hex:40}]]',
        '"[[wombat_pat_{an:36}]]"',
        '[[qxz_{an:40}]]',
        'ACME=[[acme_secret_{an:30}]]',
      ],
      clean: [
        'chatcmpl-{an:32}',
        'sha512-{an:60}',
        'call_{an:24}',
        'acme_production_configuration_loader_service',
        'zq_{hex:40}',
        'test_that_a_very_long_name_of_a_test_is_no_token',
        'acme_live_abcdefghijklmnopqrstuvwxyz0123456789',
      ],
    },
  },
]

function isRandom(prefix: string, random: string): boolean {
  if (identifier.test(prefix) || looksTyped(random)) return false
  const digits = random.replace(/\D/g, '').length
  if (digits === 0 || digits === random.length || /[a-z]{9}|[A-Z]{9}/.test(random)) return false
  if (shannonEntropy(random) < 3.2) return false
  return telling.test(prefix) || (random.length >= 36 && /[a-z]/.test(random) && /[A-Z]/.test(random))
}
