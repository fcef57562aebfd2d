import { expect, test } from 'bun:test'
import type { Json, JsonObject, Operation } from '@sluice/core'
import { operations } from '../src/operations/all.ts'

/** Ten thousand strings below a name of a million characters: to write each pointer out would take ten gigabytes. */
const strings: JsonObject = { ['n'.repeat(1_000_000)]: Array.from({ length: 10_000 }, () => 'a') }
const hosted = [{ type: 'image_generation', ...strings }]
const items = [strings, { type: 'message', role: 'user', content: [strings] }, { type: 'mcp_call', output: strings }]

const operationOf = (name: string): Operation => {
  const operation = operations.find((one) => one.name === name)
  if (!operation) throw new Error(name)
  return operation
}
const target = { method: 'POST', query: [], params: new Map<string, string>() }
const bodyOf = (value: Json) => ({ type: 'json', text: '', value }) as const

test.each<[string, JsonObject]>([
  ['chat.completions.create', { tools: hosted }],
  ['chat.completions.create', { data_sources: [strings] }],
  ['responses.create', { tools: hosted }],
  ['responses.create', { input: items }],
  ['conversations.items.create', { items }],
])('a request of %s is read in time, however long its names are', (name, value) => {
  const begin = performance.now()
  operationOf(name).readRequest(bodyOf(value), target)
  expect(performance.now() - begin).toBeLessThan(2_000)
})

test.each<[string, JsonObject]>([
  ['responses.create', { output: items }],
  ['responses.create', { output: [], ...strings }],
  ['conversations.items.list', { data: items }],
])('so is an answer of %s', (name, value) => {
  const request = operationOf(name).readRequest({ type: 'none' }, target)
  const begin = performance.now()
  operationOf(name).readResponse(bodyOf(value), { status: 200, request })
  expect(performance.now() - begin).toBeLessThan(2_000)
})
