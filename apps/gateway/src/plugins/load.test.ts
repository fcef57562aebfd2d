import { expect, test } from 'bun:test'
import { temporaryFolder } from '../../test/harness/folder.ts'
import { installOtherCore, linkCore, wordDetector } from '../../test/harness/plugins.ts'
import { createPlugins } from './create-all.ts'
import { loadPlugins } from './load.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
const context = (folder: string) =>
  ({ folder, log, signal: new AbortController().signal, access: 'read-write' }) as const

async function problemsOf(module: string, options: object = {}): Promise<string[]> {
  using folder = temporaryFolder({ 'plugin.mjs': module })
  linkCore(folder.path)
  const { plugins, problems } = await loadPlugins(
    { plugins: [{ use: './plugin.mjs', id: 'it', options }] },
    folder.path,
  )
  if (problems.length > 0) return problems.map(({ code, message }) => `${code} ${message}`)
  const created = await createPlugins(plugins, context(folder.path))
  await created.close()
  return created.problems.map(({ code, message }) => `${code} ${message}`)
}

test('a detector that comes with a core and a TypeBox of its own works', async () => {
  using folder = temporaryFolder({ 'words.mjs': wordDetector })
  installOtherCore(folder.path)
  const { plugins, problems } = await loadPlugins(
    { plugins: [{ use: './words.mjs', options: { word: 'x' } }] },
    folder.path,
  )
  expect(problems).toEqual([])
  const created = await createPlugins(plugins, context(folder.path))
  expect(created.problems).toEqual([])
  expect(created.all[0]?.kind).toBe('detector')
  const wrong = await loadPlugins({ plugins: [{ use: './words.mjs', options: { wrod: 1, word: '' } }] }, folder.path)
  expect(wrong.problems.map(({ path }) => path.join('.'))).toEqual(['plugins.0.options.wrod', 'plugins.0.options.word'])
})

test('options get their defaults, and an AppContext an instance with its own', async () => {
  using folder = temporaryFolder({ 'words.mjs': wordDetector })
  linkCore(folder.path)
  const { plugins } = await loadPlugins(
    {
      plugins: [{ use: './words.mjs', id: 'words', options: { category: 'SECRET_NAMES' } }],
      apps: [{ id: 'ac_a' }, { id: 'ac_b', plugins: [{ id: 'words', options: { word: 'bee' } }] }],
    },
    folder.path,
  )
  expect(plugins.map(({ options, app }) => ({ options, app }))).toEqual([
    { options: { word: 'needle', category: 'SECRET_NAMES' }, app: undefined },
    { options: { word: 'bee', category: 'SECRET_NAMES' }, app: 'ac_b' },
  ])
})

test('another version of the protocol: both versions are named', async () => {
  const [problem] = await problemsOf(wordDetector.replace("spec: 'v1'", "spec: 'v2'"))
  expect(problem).toStartWith('SLUICE_PLUGIN_SPEC_UNSUPPORTED')
  expect(problem).toContain('speaks "v2" of the plugin protocol and this gateway speaks "v1"')
})

const definition = (members: string) => `
import { Type } from '@sluice/core'
export default { kind: 'detector', spec: 'v1', meta: { name: 'x', version: '1', description: 'x' },
  options: Type.Object({}), create: () => ({}), ${members} }`

test('what is no plugin is refused by name', async () => {
  const refused: Record<string, string> = {
    'export const x = 1': 'exports no plugin',
    [definition("kind: 'sink'")]: 'of a kind this gateway does not know',
    [definition('meta: {}')]: 'no `meta`',
    [definition("options: { type: 'object' }")]: 'a schema of TypeBox 0.34',
    [definition('create: 1')]: 'no `create` function',
    'throw new Error("broken module")': 'cannot be loaded: broken module',
  }
  for (const [module, reason] of Object.entries(refused)) {
    const problems = await problemsOf(module)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(reason)
  }
})

test('what create() makes is looked at before it is used', async () => {
  const type = (members: string) =>
    `create: () => ({ mode: 'inspect', inspect() {}, types: { IP_X: { message: 'm', severity: 'LOW', riskDomain: 'DATA_PROTECTION', riskCategory: 'C', dataClassification: 'IP', ${members} } } })`
  const refused: Record<string, string> = {
    'create: () => undefined': 'is no object',
    'create: () => ({ mode: "scan", types: {}, init() {} })': 'types is empty; push is no function; end is no function',
    'create: () => ({ mode: "guess", types: { lower: {} } })': 'a name in types is not UPPER_SNAKE; mode is none of',
    [type("severity: 'SEVERE'")]: 'types.IP_X.severity is unknown',
    [type("riskCategory: 'has spaces'")]: 'types.IP_X.riskCategory is not UPPER_SNAKE',
    "create: () => { throw new Error('no such model file') }": 'SLUICE_PLUGIN_FAILED [it] no such model file',
  }
  for (const [members, reason] of Object.entries(refused)) {
    const problems = await problemsOf(definition(members))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(reason)
  }
  expect(await problemsOf(definition(type('')))).toEqual([])
})

test('whatever was created is closed, also when a later plugin fails or closing throws', async () => {
  using folder = temporaryFolder({
    'good.mjs': definition(`create: (_, { instance }) => ({ mode: 'inspect', inspect() {},
      types: { IP_X: { message: 'm', severity: 'LOW', riskDomain: 'DATA_PROTECTION', riskCategory: 'C', dataClassification: 'IP' } },
      close() { (globalThis.closedPlugins ??= []).push(instance); if (instance === 'b') throw new Error('no') } })`),
    'bad.mjs': definition(`create: () => ({ close() { globalThis.closedPlugins.push('bad') } })`),
  })
  linkCore(folder.path)
  const { plugins } = await loadPlugins(
    {
      plugins: [
        { use: './good.mjs', id: 'a' },
        { use: './good.mjs', id: 'b' },
        { use: './bad.mjs', id: 'bad' },
      ],
    },
    folder.path,
  )
  const closed: string[] = []
  Reflect.set(globalThis, 'closedPlugins', closed)
  const created = await createPlugins(plugins, context(folder.path))
  expect(created.problems).toHaveLength(1)
  await created.close()
  await created.close()
  expect(closed).toEqual(['bad', 'b', 'a'])
})
