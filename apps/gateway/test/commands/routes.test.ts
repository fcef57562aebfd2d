import { expect, test } from 'bun:test'
import type { CensusSide, Coverage } from '@sluice/core'
import { command } from '../harness/command.ts'
import { temporaryFolder } from '../harness/folder.ts'
import { linkCore } from '../harness/plugins.ts'

const app = 'apps: [{ id: ac_demo00000000, name: Demo }]\n'

/** As a stranger would write it: one operation says what its bodies hold, and misses some; another says nothing. */
const adapter = `
import { Type } from '@sluice/core'
const view = { models: [], stream: false, texts: [], toolSets: [], toolCalls: [], toolResults: [], opaque: [], copies: [], finishes: [] }
const told = {
  name: 'say', methods: ['POST'], path: '/say', inspection: 'inspected', transport: 'http', request: 'json',
  model: 'none', generates: false, names: ['kind', 'text', 'note', 'id'], responseIgnores: [],
  ignores: [{ pointer: '/kind', reason: 'a word' }, { pointer: '/id', reason: 'an id' }],
  readRequest: ({ value }) => ({
    ...view,
    texts: [{ kind: 'user', trust: 'user', text: value?.text ?? '', sources: [{ place: { pointer: '/text' }, start: 0 }] }],
  }),
  readResponse: () => view, decoder: () => undefined, refuse: () => undefined,
  samples: () => ({ request: [{ kind: 'x', text: '', note: { '': '' }, id: '' }], response: [{ list: ['', ''] }], events: [] }),
}
export default {
  kind: 'adapter', spec: 'v1', meta: { name: 'strange', version: '1.0.0', description: 'Strange' },
  options: Type.Object({}, { additionalProperties: false }),
  create: () => ({
    operations: [told, { ...told, name: 'hum', path: '/hum', samples: undefined }],
    origins: ['http://127.0.0.1:9'], credentialHeaders: [],
    upstream: ({ path }) => ({ url: 'http://127.0.0.1:9' + path, set: {}, remove: [] }),
  }),
}
`

interface Row {
  readonly operation: string
  readonly coverage?: Readonly<Partial<Record<CensusSide, Coverage>>>
}

async function routes(files: Readonly<Record<string, string>>): Promise<readonly Row[]> {
  using folder = temporaryFolder(files)
  linkCore(folder.path)
  const { code, stdout, stderr } = await command(['routes', '--json'], { folder: folder.path })
  expect([code, stderr]).toEqual([0, ''])
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('of what OpenAI describes, nothing is missed', async () => {
  const rows = await routes({ 'sluice.yaml': `plugins: [{ use: '@sluice/adapter-openai' }]\n${app}` })
  const chat = rows.find(({ operation }) => operation === 'chat.completions.create')
  expect(Object.keys(chat?.coverage ?? {})).toEqual(['request', 'response', 'events'])
  for (const { coverage = {} } of rows) {
    for (const { strings, named, other, ignored, opaque, missed } of Object.values(coverage)) {
      expect([strings > 0, named + other + ignored + opaque, missed]).toEqual([true, strings, 0])
    }
  }
})

test("a stranger's adapter is counted by the samples it gives, and what it misses shows", async () => {
  const rows = await routes({ 'sluice.yaml': `plugins: [{ use: ./strange.mjs }]\n${app}`, 'strange.mjs': adapter })
  expect(rows.map(({ operation, coverage }) => [operation, coverage])).toEqual([
    [
      'say',
      {
        request: { strings: 5, named: 1, other: 2, ignored: 1, opaque: 0, missed: 1 },
        response: { strings: 1, named: 0, other: 1, ignored: 0, opaque: 0, missed: 0 },
      },
    ],
    ['hum', undefined],
  ])
})
