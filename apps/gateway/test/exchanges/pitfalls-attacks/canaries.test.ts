import { beforeAll, describe, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '@sluice/core'
import { json, sse } from '@sluice/testing'
import { streamed, whole } from '../pitfalls/answers.ts'
import { boundary, encodeForm } from '../pitfalls/requests.ts'
import { served } from '../pitfalls/served.ts'
import { type Extra, endings, everyEnding, prepare, provider } from '../pitfalls-resources/endings.ts'

/** A secret of a form that detectors know, one for each place: what is found says where it leaked from. */
function canary(place: string): string {
  return `ghp_${createHash('sha256').update(place).digest('base64url').replaceAll(/[_-]/g, 'x').slice(0, 36)}`
}

const filter = '@sluice/tool-filter-rules'
const gateway = served({
  ...everyEnding,
  apps: { ...everyEnding.apps, filtered: { plugins: [{ id: filter, options: { deny: ['ghp_*'] } }] } },
  config: {
    ...everyEnding.config,
    log: { level: 'debug' },
    plugins: [...(everyEnding.config?.plugins ?? []), { use: filter }],
  },
})
const chat = '/v1/chat/completions'

const extra: Extra = {
  text: canary('prompt'),
  headers: [
    ['authorization', `Bearer ${canary('provider key')}`],
    ['x-own', canary('header')],
    [`x-${canary('header name')}`, 'x'],
    ['user-agent', canary('user agent')],
    ['x-session-id', canary('session')],
    ['x-actor-id', canary('actor')],
    ['cookie', `a=${canary('cookie')}`],
    ['openai-organization', canary('organization')],
  ],
  query: `?q=${canary('query')}&${canary('query name')}=x`,
  body: {
    user: canary('user'),
    metadata: { a: canary('metadata'), [canary('member')]: 'x' },
    tools: [
      {
        type: 'function',
        function: { name: 'f', description: canary('description'), parameters: { [canary('parameter')]: {} } },
      },
      { type: 'function', function: { name: canary('tool') } },
    ],
    messages: [
      { role: 'user', name: canary('name'), content: canary('prompt') },
      {
        role: 'assistant',
        tool_calls: [
          {
            id: canary('call id'),
            type: 'function',
            function: { name: canary('called'), arguments: `{"a":"${canary('arguments')}"}` },
          },
        ],
      },
      { role: 'tool', tool_call_id: canary('call id'), content: canary('result') },
    ],
  },
  said: canary('said'),
}
const calls = [
  { id: 'call_1', name: canary('call'), input: JSON.stringify({ [canary('argument name')]: canary('input') }) },
]

/** What the places of a body are worth for themselves, however an exchange ends. */
const bodies: Readonly<Record<string, Json>> = {
  model: { model: canary('model'), messages: [] },
  'model and more': { model: `org/${canary('model')}`, messages: [{ role: 'user', content: 'hi' }] },
  models: { model: 'm', models: [canary('models')], messages: [] },
  'tool twice': {
    model: canary('model'),
    messages: [],
    tools: [1, 2].map(() => ({ type: 'function', function: { name: canary('tool') } })),
  },
  'wrong type': { model: 'm', messages: canary('wrong type') },
  'unknown role': { model: 'm', messages: [{ role: canary('role'), content: 'hi' }] },
  'a choice of a tool': {
    model: 'm',
    messages: [],
    tool_choice: { type: 'function', function: { name: canary('choice') } },
  },
  'a conversation': { model: 'm', messages: [], conversation: canary('conversation') },
}

function everything(): ReadonlyMap<string, string> {
  const { folder, log, output } = gateway.sluice
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map([
    ['standard error', log.join('\n')],
    ['standard output', output.join('')],
    // Latin-1 keeps every byte: what is stored in a page is found in it.
    ...files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'latin1')] as const),
  ])
}

const places = [
  'prompt',
  'provider key',
  'header',
  'header name',
  'user agent',
  'session',
  'actor',
  'cookie',
  'organization',
]
  .concat(['query', 'query name', 'user', 'metadata', 'member', 'description', 'parameter', 'tool', 'name', 'call id'])
  .concat(['called', 'arguments', 'result', 'said', 'call', 'argument name', 'input', 'model', 'models', 'wrong type'])
  .concat(['role', 'choice', 'conversation', 'file name', 'file', 'field', 'path', 'error', 'key'])

// https://github.com/BerriAI/litellm/issues/20240
describe('38 secrets in logs, 62 secrets as metadata: law 8', () => {
  beforeAll(async () => {
    gateway.upstream.respond(provider(canary('said')))
    await prepare(gateway)
    for (const ending of endings) await ending.send(gateway, extra)
    for (const app of ['open', 'strict', 'redacting', 'listed', 'filtered']) {
      for (const answer of [
        json(whole([{ content: canary('said'), calls }])),
        json({ error: { message: canary('error') } }, { status: 400 }),
      ]) {
        gateway.upstream.respond(answer)
        await gateway.send(chat, JSON.stringify({ model: 'm', ...extra.body }), { app })
        for (const body of Object.values(bodies)) await gateway.send(chat, JSON.stringify(body), { app })
      }
      gateway.upstream.respond(sse(streamed([{ content: canary('said'), calls }])))
      await gateway.send(chat, JSON.stringify({ model: 'm', stream: true, ...extra.body }), { app })
      gateway.upstream.respond(json({ text: canary('said') }))
      const form = encodeForm([
        { name: 'file', filename: `${canary('file name')}.wav`, value: canary('file') },
        { name: 'model', value: canary('model') },
        { name: canary('field'), value: canary('field') },
      ])
      const headers = [['content-type', `multipart/form-data; boundary=${boundary}`]] as const
      await gateway.send('/v1/audio/transcriptions', form, { app, headers })
      for (const path of [
        `/v1/batches/${canary('path')}`,
        `/v1/models/${canary('path')}`,
        `/v1/own/${canary('path')}`,
      ]) {
        await gateway.send(path, undefined, { app, method: 'GET', read: { method: 'GET' } })
      }
    }
    // Keys that nobody issued, of the right form, in the right place and in others.
    const key = `detect_live_${canary('key')}`
    await gateway.send(chat, '{}', { headers: [['x-detection-key', key]] })
    await gateway.send(chat, '{}', { headers: [['x-copy', key]] })
    await gateway.send(`${chat}?key=${key}`, '{}')
    const all = endings.length + 2 + 5 * (2 * (1 + Object.keys(bodies).length) + 1 + 1 + 3) + 3
    expect((await gateway.sluice.events(all)).length).toBe(all)
  }, 60_000)

  test('the canaries are seen: the record tells them by type and place', async () => {
    const detections = (await gateway.sluice.events(0)).flatMap(({ data }) => data.detections)
    expect(detections.length).toBeGreaterThan(100)
    expect(detections.every(({ type }) => type !== '')).toBe(true)
    expect(JSON.stringify(detections)).toContain('CREDENTIALS_API_KEY')
  })

  test.each(places)('%s: in no file of the gateway’s folder, nor on its standard error and output', (place) => {
    const secret = canary(place)
    for (const [name, text] of everything()) {
      expect([name, text.includes(secret)]).toEqual([name, false])
      // Nor cut in two, nor most of it.
      expect([name, text.includes(secret.slice(4, 30))]).toEqual([name, false])
    }
  })

  test('a detection key is in none of them either, though its hash is', () => {
    for (const app of Object.keys(everyEnding.apps ?? {})) {
      const key = gateway.sluice.key(app)
      for (const [name, text] of everything()) expect([name, text.includes(key)]).toEqual([name, false])
    }
    expect([...everything().keys()]).toEqual(expect.arrayContaining(['sluice.db', 'sluice.db-wal', 'sluice.json']))
  })
})
