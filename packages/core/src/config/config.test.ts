import { expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import { appContextSchema, completeAppContext } from './app-context.ts'
import { policySchema } from './policy.ts'

const id = 'ac_demo00000000'

test('an AppContext needs an id and a name, and the rest has defaults', () => {
  expect(Value.Check(appContextSchema, { id, name: 'Demo' })).toBe(true)
  expect(Value.Check(appContextSchema, { id })).toBe(false)
  expect(completeAppContext({ id, name: 'Demo' }, 'openai')).toEqual({
    id,
    name: 'Demo',
    adapter: 'openai',
    policies: [],
    streaming: 'observe',
    blockStatus: 200,
    blockedStream: 'chunk',
    trustActorHeader: false,
    status: 'active',
    privateUrls: 'refuse',
    canary: false,
  })
})

test('the defaults that the schema documents are those that are applied', () => {
  const { adapter: _, ...completed } = completeAppContext({ id, name: 'Demo' }, 'openai')
  expect(Value.Default(appContextSchema, { id, name: 'Demo' })).toEqual({ ...completed })
})

test('an empty list of models or risk categories is refused: deleting the last entry must not open everything', () => {
  for (const list of ['allowedModels', 'detectors']) {
    expect(Value.Check(appContextSchema, { id, name: 'Demo', [list]: [] })).toBe(false)
    expect(Value.Check(appContextSchema, { id, name: 'Demo', [list]: ['x'] })).toBe(true)
  }
})

test('unknown members of a policy and of its match are refused', () => {
  const policy = { id: 'p', match: { types: ['PII_*'] }, action: 'BLOCK' }
  expect(Value.Check(policySchema, policy)).toBe(true)
  expect(Value.Check(policySchema, { ...policy, active: true })).toBe(false)
  expect(Value.Check(policySchema, { ...policy, match: { type: 'PII_SSN' } })).toBe(false)
  expect(Value.Check(policySchema, { ...policy, action: 'block' })).toBe(false)
})
