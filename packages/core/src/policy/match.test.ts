import { describe, expect, test } from 'bun:test'
import { detection } from '../../test/fakes.ts'
import type { Detection } from '../protocol/finding.ts'
import type { PolicyMatch } from '../protocol/policy.ts'
import { compilePolicy, globs, type PolicySubject } from './match.ts'

const subject: PolicySubject = {
  operation: 'chat.completions.create',
  path: '/v1/chat/completions',
  models: ['meta/llama-3/70b', 'gpt-4'],
  trust: 20,
  identity: 'STANDARD',
}

function matches(match: PolicyMatch, found: Partial<Detection> = {}, about: Partial<PolicySubject> = {}): boolean {
  const { matches } = compilePolicy({ id: 'p', match, action: 'BLOCK' })
  return matches(detection(found), { ...subject, ...about })
}

describe('a policy matches by', () => {
  const cases: readonly [string, PolicyMatch, Partial<Detection>, Partial<PolicySubject>, boolean][] = [
    ['nothing: everything', {}, {}, {}, true],
    ['type', { types: ['CREDENTIALS_NEEDLE'] }, {}, {}, true],
    ['type glob', { types: ['PII_*', 'CREDENTIALS_*'] }, {}, {}, true],
    ['another type', { types: ['PII_*'] }, {}, {}, false],
    ['a type in another case', { types: ['credentials_*'] }, {}, {}, false],
    ['category', { categories: ['CREDENTIAL_*'] }, {}, {}, true],
    ['another category', { categories: ['PROMPT_*'] }, {}, {}, false],
    ['severity reached', { minSeverity: 'HIGH' }, {}, {}, true],
    ['severity passed', { minSeverity: 'LOW' }, {}, {}, true],
    ['severity not reached', { minSeverity: 'CRITICAL' }, {}, {}, false],
    ['confidence reached', { minConfidence: 0.8 }, { confidence: 0.8 }, {}, true],
    ['confidence not reached', { minConfidence: 0.8 }, { confidence: 0.79 }, {}, false],
    ['lifecycle', { lifecycle: ['EGRESS', 'INGRESS'] }, {}, {}, true],
    ['another lifecycle', { lifecycle: ['EGRESS'] }, {}, {}, false],
    ['operation', { endpoints: ['chat.*'] }, {}, {}, true],
    ['path template', { endpoints: ['/v1/*'] }, {}, {}, true],
    ['path template to the letter', { endpoints: ['/v1/b/{id}/c'] }, {}, { path: '/v1/b/{id}/c' }, true],
    ['another endpoint', { endpoints: ['/v1/models', 'embeddings.*'] }, {}, {}, false],
    ['a model whose name has slashes', { models: ['meta/*'] }, {}, {}, true],
    ['any model of the request', { models: ['gpt-4'] }, {}, {}, true],
    ['another model', { models: ['gpt-3*'] }, {}, {}, false],
    ['a model where none is named', { models: ['*'] }, {}, { models: [] }, false],
    ['an empty model', { models: ['*'] }, {}, { models: [''] }, true],
    ['tool', { tools: ['shell*'] }, { tool: 'shell_exec' }, {}, true],
    ['tool, past a line break', { tools: ['shell*'] }, { tool: 'shell\n_exec' }, {}, true],
    ['another tool', { tools: ['shell*'] }, { tool: 'weather' }, {}, false],
    ['a tool where none is', { tools: ['*'] }, {}, {}, false],
    ['trust below', { actor: { trustBelow: 20.1 } }, {}, {}, true],
    ['trust not below', { actor: { trustBelow: 20 } }, {}, {}, false],
    ['identity at most', { actor: { identityAtMost: 'STANDARD' } }, {}, {}, true],
    ['a stronger identity', { actor: { identityAtMost: 'BASIC' } }, {}, {}, false],
    ['all of several members', { types: ['*'], models: ['gpt-*'], minSeverity: 'LOW' }, {}, {}, true],
    ['all but one of several members', { types: ['*'], models: ['gpt-*'], minSeverity: 'CRITICAL' }, {}, {}, false],
  ]
  for (const [name, match, found, about, expected] of cases) {
    test(name, () => expect(matches(match, found, about)).toBe(expected))
  }
})

test('a pattern does not negate, and no name is special', () => {
  const glob = globs(['!x', '__proto__'])
  expect(glob?.('y')).toBe(false)
  expect(glob?.('!x')).toBe(true)
  expect(glob?.('__proto__')).toBe(true)
  expect(glob?.('constructor')).toBe(false)
})

test('a name too long to be compared meets the rule, and costs no time', () => {
  const long = 'a'.repeat(1_000_000)
  const start = performance.now()
  expect(matches({ models: ['*a*b*c*'] }, {}, { models: [long] })).toBe(true)
  expect(matches({ tools: ['*a*b*c*'] }, { tool: long })).toBe(true)
  expect(performance.now() - start).toBeLessThan(100)
})
