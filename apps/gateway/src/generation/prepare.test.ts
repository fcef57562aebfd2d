import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { temporaryFolder } from '../../test/harness/folder.ts'
import { linkCore, wordDetector } from '../../test/harness/plugins.ts'
import { ConfigError } from '../config/problem.ts'
import { readConfig } from '../config/read.ts'
import { checkCreated, createInstances } from './instances.ts'
import { prepare } from './prepare.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
const adapter = `  - { use: '@sluice/adapter-openai', id: openai }`

/** Loads a configuration and answers its error, or undefined where it has none. */
async function errorOf(text: string, file = 'sluice.yaml', environment = {}): Promise<ConfigError | undefined> {
  using folder = temporaryFolder({ [file]: text, 'words.mjs': wordDetector })
  linkCore(folder.path)
  try {
    const prepared = await prepare(await readConfig(join(folder.path, file)), environment)
    const created = await createInstances(prepared, { log, signal: new AbortController().signal })
    try {
      checkCreated(prepared, created)
    } finally {
      await created.close()
    }
    return undefined
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
}

const minimal = `plugins:\n${adapter}\napps:\n  - { id: ac_demo00000000, name: Demo }\n`

test('the smallest configuration is valid', async () => {
  expect(await errorOf(minimal)).toBeUndefined()
  expect(
    await errorOf(JSON.stringify({ apps: [{ id: 'ac_demo00000000', name: 'D' }], plugins: [] }), 'sluice.json'),
  ).toBeDefined()
})

test('all errors of both passes are told at once, in order, each with its line and path', async () => {
  const error = await errorOf(`server: { prot: 8787 }
plugins:
${adapter}
  - use: ./words.mjs
    options: { word: '', wrod: x }
  - use: '@acme/not-installed'
    timeoutMs: 0
apps:
  - id: demo
    allowedModels: []
`)
  expect(error?.code).toBe('SLUICE_CONFIG_INVALID')
  const lines = error?.message.split('\n') ?? []
  expect(lines[0]).toBe('the configuration has 8 problems:')
  const starts = [
    '  sluice.yaml:1: server.prot: unknown key; did you mean "port"?',
    '  sluice.yaml:5: plugins[1].options.wrod: unknown key; did you mean "word"?',
    '  sluice.yaml:5: plugins[1].options.word: expected string length greater or equal to 1',
    '  sluice.yaml:6: plugins[2].use: the package @acme/not-installed is installed neither',
    '  sluice.yaml:7: plugins[2].timeoutMs: expected integer to be greater or equal to 1',
    '  sluice.yaml:9: apps[0].name: is missing',
    '  sluice.yaml:9: apps[0].id: expected string to match',
    '  sluice.yaml:10: apps[0].allowedModels: expected array length to be greater or equal to 1',
  ]
  for (const start of starts) expect(lines.filter((line) => line.startsWith(start))).toHaveLength(1)
  expect(lines).toHaveLength(9)
})

test('no error quotes a value: it may be a secret', async () => {
  const canary = 'sk-canary-0123456789'
  const error = await errorOf(
    `server: { port: ${canary} }
log: { level: ${canary} }
plugins:
${adapter}
  - { use: ./words.mjs, options: { word: [${canary}] } }
apps:
  - { id: ac_demo00000000, name: Demo, adapter: openai, blockStatus: ${canary}, streaming: '\${env:KEY}' }
`,
    'sluice.yaml',
    { KEY: canary },
  )
  expect(error?.problems.length).toBeGreaterThan(3)
  expect(error?.message).not.toContain(canary)
})

test('ids that stand twice and names of what is not there', async () => {
  const error = await errorOf(`plugins:
${adapter}
  - { use: '@sluice/adapter-openai', id: openai }
apps:
  - { id: ac_demo00000000, name: A, policies: [no-cards] }
  - { id: ac_demo00000000, name: B, plugins: [{ id: openia, options: {} }] }
policies:
  - { id: no-card, match: {}, action: LOG }
keys:
  - { app: ac_demo00000001, name: k, hash: 'sha256:${'0'.repeat(64)}', expires: 2027-13-01 }
`)
  const messages = error?.problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
  expect(messages).toEqual([
    'apps.1.id: stands twice: apps[0] has the same id',
    'plugins.1.id: stands twice: plugins[0] has the same id',
    'apps.0.policies.0: there is no policy "no-cards"; did you mean "no-card"?',
    'apps.1.plugins.0.id: there is no plugin "openia"; did you mean "openai"?',
    'keys.0.app: there is no AppContext "ac_demo00000001"; did you mean "ac_demo00000000"?',
    'keys.0.expires: is no date that exists',
  ])
})

test('a pattern that matches no known type is an error: such a rule would never act', async () => {
  const error = await errorOf(`plugins:
${adapter}
  - use: ./words.mjs
apps:
  - { id: ac_demo00000000, name: A, detectors: [WORD], adapter: opena }
policies:
  - { id: a, match: { types: ['IP_*', 'IP_WRD'] }, action: BLOCK }
  - { id: b, match: { categories: [SWORDS], endpoints: ['/v1/chat/*', '/v1/cat'] }, action: BLOCK }
`)
  expect(error?.problems.map(({ path }) => path.join('.'))).toEqual([
    'policies.0.match.types.1',
    'policies.1.match.categories.0',
    'policies.1.match.endpoints.1',
    'apps.0.adapter',
    'apps.0.detectors.0',
  ])
  expect(error?.message).toContain('did you mean "IP_WORD"?')
})

test('without an adapter, or with two to choose from, an AppContext needs one', async () => {
  const none = await errorOf('apps: [{ id: ac_demo00000000, name: A }]')
  expect(none?.message).toContain('apps[0].adapter: is missing: no adapter is configured')
  const two = await errorOf(
    `plugins:\n${adapter}\n  - { use: '@sluice/adapter-openai', id: other }\napps: [{ id: ac_demo00000000, name: A }]`,
  )
  expect(two?.message).toContain('choose one of openai, other')
})

test('what is planned is told from what is wrong', async () => {
  const error = await errorOf(`plugins:
  - { use: '@sluice/adapter-openai', isolation: worker }
apps:
  - { id: ac_demo00000000, name: A, streaming: hold }
`)
  expect(error?.problems.map(({ message }) => /comes in a later version/.test(message))).toEqual([true, true])
})

test('a missing secret is named once, even where its absence breaks another rule', async () => {
  const error = await errorOf(`plugins:
${adapter}
  - { use: ./words.mjs, options: { word: '\${env:THE_WORD}' } }
apps: [{ id: ac_demo00000000, name: A }]
`)
  expect(error?.code).toBe('SLUICE_SECRET_MISSING')
  expect(error?.problems).toHaveLength(1)
  expect(error?.message).toContain(
    'sluice.yaml:3: plugins[1].options.word: the environment variable THE_WORD is not set',
  )
})

test('options of one AppContext are checked where they stand', async () => {
  const error = await errorOf(`plugins:
${adapter}
  - { use: ./words.mjs, id: words }
apps:
  - id: ac_demo00000000
    name: A
    plugins:
      - { id: words, options: { word: '' } }
`)
  expect(error?.code).toBe('SLUICE_PLUGIN_OPTIONS_INVALID')
  expect(error?.message).toContain('sluice.yaml:8: apps[0].plugins[0].options.word')
})

test('a store among the plugins and a plugin as store are told apart', async () => {
  const error = await errorOf(`store: { use: ./words.mjs }
plugins:
${adapter}
  - use: '@sluice/store-sqlite'
apps: [{ id: ac_demo00000000, name: A }]
`)
  expect(error?.message).toContain('store.use: is no store but a plugin of kind detector')
  expect(error?.message).toContain('plugins[1].use: is a store: name it under `store`')
})

test('a configuration in TypeScript says the same', async () => {
  const config = `const config = { plugins: [{ use: '@sluice/adapter-openai' }], apps: [{ id: 'ac_demo00000000', name: 'A' }] }
export default config satisfies object`
  expect(await errorOf(config, 'sluice.config.ts')).toBeUndefined()
  const wrong = await errorOf('export default { apps: [], aps: [] }', 'sluice.config.ts')
  expect(wrong?.message).toContain('sluice.config.ts: aps: unknown key; did you mean "apps"?')
})

test('what create() refuses is told with the place of the plugin', async () => {
  const error = await errorOf(`plugins:
  - use: '@sluice/adapter-openai'
    options: { baseUrl: 'http://api.example.com/v1' }
apps: [{ id: ac_demo00000000, name: A }]
`)
  expect(error?.message).toContain('sluice.yaml:2: plugins[0]')
})
