import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { AdapterInstance, CallContext, SetupContext, Upstream } from '@sluice/core'
import adapter from './index.ts'
import { operations } from './operations/all.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const signal = new AbortController().signal
const setup: SetupContext = { instance: 'openai', folder: '/', log: silent, signal, now: () => 0 }
const call: CallContext = { exchange: 'x_1', app: 'ac_1', operation: 'models.list', signal }

async function create(baseUrl: string, allowInsecure = false): Promise<AdapterInstance> {
  return await adapter.create({ baseUrl, allowInsecure }, setup)
}

async function upstream(baseUrl: string, path: string, query: string): Promise<Upstream> {
  const [operation] = operations
  if (!operation) throw new Error('no operation')
  const instance = await create(baseUrl)
  return await instance.upstream({ operation, path, query, body: undefined, headers: new Headers() }, call)
}

test('the base URL stands in for /v1, and the query follows as received', async () => {
  expect(await upstream('https://api.openai.com/v1', '/v1/models', '?a=%27&a=1')).toEqual({
    url: 'https://api.openai.com/v1/models?a=%27&a=1',
    set: {},
    remove: [],
  })
  expect((await upstream('https://example.com/', '/v1/models', '')).url).toBe('https://example.com/models')
  expect((await upstream('https://example.com/openai/v1//', '/v1/models', '?')).url).toBe(
    'https://example.com/openai/v1/models?',
  )
})

test('its origin is the only one it may name', async () => {
  expect((await create('https://EXAMPLE.com:8443/v1')).origins).toEqual(['https://example.com:8443'])
  const keys = ['authorization', 'api-key', 'ocp-apim-subscription-key', 'subscription-key']
  const { credentialHeaders, keyHeaders } = await create('https://api.openai.com/v1')
  expect(credentialHeaders).toEqual([...keys, 'openai-organization', 'openai-project'])
  expect(keyHeaders).toEqual(keys)
})

test('http is for this machine, unless it is allowed in so many words', async () => {
  for (const host of ['localhost:1', '127.0.0.1', '127.1.2.3:80', '[::1]:9', 'a.localhost']) {
    expect((await create(`http://${host}/v1`)).operations).toBe(operations)
  }
  for (const host of ['example.com', '127.0.0.1.example.com', '10.0.0.1', 'localhost.example.com']) {
    expect(create(`http://${host}/v1`)).rejects.toMatchObject({ code: 'SLUICE_PLUGIN_OPTIONS_INVALID' })
    expect((await create(`http://${host}/v1`, true)).origins).toEqual([`http://${host}`])
  }
})

test('a base URL that could mean two things is refused, and not repeated', async () => {
  const wrong = ['nonsense', 'ftp://h/v1', 'https://u:secret@h/v1', 'https://h/v1?', 'https://h/v1?a', 'https://h/v1#a']
  for (const baseUrl of wrong) {
    const error = await create(baseUrl).catch((reason) => reason)
    expect(error).toMatchObject({ code: 'SLUICE_PLUGIN_OPTIONS_INVALID', plugin: 'openai' })
    expect(error.message).not.toContain('secret')
  }
})

test('every operation is inspected, and no two answer the same call', () => {
  const calls = operations.flatMap(({ methods, path }) => methods.map((method) => `${method} ${path}`))
  expect(new Set(calls).size).toBe(calls.length)
  for (const { inspection } of operations) expect(inspection).toBe('inspected')
})

/** The rows of the README's tables whose first cell begins so, cell by cell. */
function rows(begin: string): string[][] {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const lines = readme.split('\n').filter((line) => line.startsWith(`| ${begin}`))
  return lines.map((line) => line.slice(1, -1).split('|')).map((cells) => cells.map((cell) => cell.trim()))
}

test('the README lists the operations as they are', () => {
  const declared = operations.map(({ path, methods, name, request, model, generates, refuse }) => {
    const shape = refuse({ message: '', exchange: '', model: '', created: 0 }, { stream: false, frame: 'chunk' })
    const words = [model === 'required', generates].map((is) => (is ? 'yes' : 'no'))
    return [`\`${path}\``, methods.join(', '), `\`${name}\``, request, ...words, String(shape?.status ?? 451)]
  })
  expect(rows('`/v1/')).toEqual(declared)
})

test('the README lists the options as they are', () => {
  const properties: Readonly<Record<string, { readonly default: unknown }>> = adapter.options['properties']
  const declared = Object.entries(properties).map(([name, schema]) => [`\`${name}\``, `\`${schema.default}\``])
  const listed = rows('`').filter(([first]) => !first?.startsWith('`/v1/'))
  expect(listed.map((cells) => cells.slice(0, 2))).toEqual(declared)
})
