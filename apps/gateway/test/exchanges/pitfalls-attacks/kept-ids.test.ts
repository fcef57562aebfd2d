import { describe, expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import anthropic from '@sluice/adapter-anthropic'
import openai from '@sluice/adapter-openai'
import { json, type RawResponse, sse } from '@sluice/testing'
import type { ConfigOptions } from '../../../src/config/schema.ts'
import { waitFor } from '../../harness/sluice.ts'
import { file, form, line, purpose, upload, uploadLines } from '../files/forms.ts'
import { PacedStream } from '../page/provider.ts'
import { detectors, policies } from '../pitfalls/needle.ts'
import { type Served, served } from '../pitfalls/served.ts'
import { ANTHROPIC } from '../sdk/anthropic-client.ts'

const apps = {
  lax: {},
  strict: { policies: ['block-in'] },
  forwards: { policies: ['block-in'], unknownIds: 'forward' },
}
const config = { plugins: detectors, policies }
const gateways = {
  openai: served({ apps, config } as Parameters<typeof served>[0]),
  anthropic: served({ adapters: [ANTHROPIC], apps, config } as Parameters<typeof served>[0]),
}
type Provider = keyof typeof gateways

/** No text, and no UTF-8: only the provider can open it. */
const sealed = (name: string): string => Buffer.from(`\xff\xfe\x80${name}`, 'latin1').toString('base64')
const idOf = (kind: string, name: string): string => (kind === 'sealed' ? sealed(name) : `${kind}_${name}`)
const response = (id: string, output: readonly object[] = []) => ({
  id,
  object: 'response',
  status: 'completed',
  model: 'm',
  output,
})
const thought = (encrypted_content: string) => ({ type: 'reasoning', id: 'rs_1', summary: [], encrypted_content })
const cited = (ids: object) => {
  const annotation = { type: 'container_file_citation', filename: 'a.png', start_index: 0, end_index: 1, ...ids }
  return { type: 'output_text', text: 'x', annotations: [annotation] }
}
const batchRequest = {
  custom_id: 'a',
  params: { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] },
}
const message = (content: readonly object[]) => ({ type: 'message', role: 'assistant', model: 'm', content })

/** How each kind of thing is made, by provider: what is sent, and what the provider says of it. */
const makings: Readonly<
  Record<Provider, Readonly<Record<string, (g: Served, id: string, app: string) => Promise<RawResponse>>>>
> = {
  openai: {
    file: (g, id, app) =>
      answered(g, { object: 'file', id }, () => upload(g, form(purpose('user_data'), file('hi')), app)),
    response: (g, id, app) =>
      answered(g, response(id), () => g.send('/v1/responses', { model: 'm', input: 'hi' }, { app })),
    conversation: (g, id, app) =>
      answered(g, { object: 'conversation', id }, () => g.send('/v1/conversations', {}, { app })),
    item: (g, id, app) =>
      answered(g, response('resp_of_item', [{ type: 'message', id, role: 'assistant', content: [] }]), () =>
        g.send('/v1/responses', { model: 'm', input: 'hi' }, { app }),
      ),
    sealed: (g, id, app) =>
      answered(g, response('resp_of_seal', [thought(id)]), () =>
        g.send('/v1/responses', { model: 'm', input: 'hi' }, { app }),
      ),
    async batch(g, id, app) {
      await answered(g, { object: 'file', id: `file_in_${app}` }, () => uploadLines(g, [line('a', 'hi')], app))
      const body = { input_file_id: `file_in_${app}`, endpoint: '/v1/chat/completions', completion_window: '24h' }
      return answered(g, { object: 'batch', id }, () => g.send('/v1/batches', body, { app }))
    },
  },
  anthropic: {
    batch: (g, id, app) =>
      answered(g, { type: 'message_batch', id }, () =>
        g.send('/v1/messages/batches', { requests: [batchRequest] }, { app }),
      ),
    sealed: (g, id, app) =>
      answered(g, message([{ type: 'redacted_thinking', data: id }]), () =>
        g.send('/v1/messages', { ...batchRequest.params }, { app }),
      ),
  },
}

async function answered(g: Served, body: object, send: () => Promise<RawResponse>): Promise<RawResponse> {
  g.upstream.respond(json(body))
  return send()
}

interface Use {
  readonly method: string
  readonly path: string
  readonly body?: object
}
const post = (path: string, body: object): Use => ({ method: 'POST', path, body })
const ask = (more: object): Use => post('/v1/responses', { model: 'm', input: 'go on', ...more })
const chat = (content: readonly object[]): Use =>
  post('/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content }] })
const claude = (messages: readonly object[]): Use => post('/v1/messages', { ...batchRequest.params, messages })
const sent = (data: string) => [
  ...batchRequest.params.messages,
  { role: 'assistant', content: [{ type: 'redacted_thinking', data }] },
  { role: 'user', content: 'go on' },
]

/** Where bodies name what the provider keeps. */
const named: Readonly<Record<Provider, Readonly<Record<string, readonly ((id: string) => Use)[]>>>> = {
  openai: {
    file: [
      (file_id) => chat([{ type: 'file', file: { file_id } }]),
      (file_id) => ask({ input: [{ role: 'user', content: [{ type: 'input_file', file_id }] }] }),
      (file_id) => ask({ input: [{ role: 'user', content: [{ type: 'input_image', file_id }] }] }),
      (id) => ask({ tools: [{ type: 'code_interpreter', container: { type: 'auto', file_ids: [id] } }] }),
      (file_id) => ask({ prompt: { id: 'pmpt_1', variables: { a: { type: 'input_file', file_id } } } }),
      (id) => post('/v1/batches', { input_file_id: id, endpoint: '/v1/responses', completion_window: '24h' }),
    ],
    response: [
      (id) => ask({ previous_response_id: id }),
      (id) => ask({ previous_response_id: id, stream: true }),
      (id) => post('/v1/responses/input_tokens', { model: 'm', input: 'hi', previous_response_id: id }),
      (id) => post('/v1/responses/compact', { model: 'm', previous_response_id: id }),
    ],
    conversation: [
      (conversation) => ask({ conversation }),
      (id) => ask({ conversation: { id } }),
      (id) => post('/v1/responses/input_tokens', { model: 'm', input: 'hi', conversation: id }),
    ],
    item: [(id) => ask({ input: [{ type: 'item_reference', id }] })],
    sealed: [
      (id) => ask({ input: [thought(id), { role: 'user', content: 'hi' }] }),
      (id) => post('/v1/conversations', { items: [thought(id)] }),
      (id) => ask({ input: [{ type: 'compaction', id: 'cmp_1', encrypted_content: id }] }),
    ],
    batch: [],
  },
  anthropic: {
    batch: [],
    sealed: [
      (data) => claude(sent(data)),
      (data) => post('/v1/messages/count_tokens', { model: 'm', messages: sent(data) }),
      (data) =>
        post('/v1/messages/batches', {
          requests: [batchRequest, { custom_id: 'b', params: { ...batchRequest.params, messages: sent(data) } }],
        }),
    ],
  },
}

/** What the parameters of paths are. */
const parameters: Readonly<Record<string, string>> = {
  response_id: 'response',
  conversation_id: 'conversation',
  item_id: 'item',
}
const ofPath: Readonly<Record<string, string>> = {
  '/v1/batches': 'batch',
  '/v1/files': 'file',
  '/v1/messages/batches': 'batch',
}

/** Every method of every operation that names a thing in its path, taken from the adapters themselves. */
async function pathsOf(provider: Provider): Promise<readonly (readonly [kind: string, use: (id: string) => Use])[]> {
  const options = { baseUrl: 'https://example.com/v1', allowInsecure: false }
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const setup = { instance: 'a', log } as never
  const { operations } = await (provider === 'openai' ? openai : anthropic).create(options as never, setup)
  const uses: [string, (id: string) => Use][] = []
  for (const { methods, path, request } of operations) {
    // Models are nobody's own.
    if (!path.includes('{') || path.startsWith('/v1/models')) continue
    for (const [whole, parameter = ''] of path.matchAll(/\{(\w+)\}/g)) {
      const kind = parameters[parameter] ?? ofPath[path.slice(0, path.indexOf('/{'))]
      if (kind === undefined) throw new Error(`nobody says what is named in ${path}`)
      for (const method of methods) {
        const body = request === 'json' ? { items: [], metadata: {} } : undefined
        // The others in a path are the AppContext's own.
        const filled = (id: string) =>
          path.replace(whole, id).replace(/\{(\w+)\}/g, (_, name) => `${parameters[name]}_strict`)
        uses.push([kind, (id) => ({ method, path: filled(id), ...(body === undefined ? {} : { body }) })])
      }
    }
  }
  return uses
}

const providers = ['openai', 'anthropic'] as const

describe('43 ids of another AppContext', () => {
  test.each(providers)('%s: what one has made no other may name, anywhere, by any method', async (provider) => {
    const gateway = gateways[provider]
    const kinds = Object.entries(makings[provider])
    for (const [kind, make] of kinds) {
      for (const app of ['lax', 'strict'])
        expect([kind, (await make(gateway, idOf(kind, app), app)).status]).toEqual([kind, 200])
    }
    const uses = [
      ...Object.entries(named[provider]).flatMap(([kind, all]) => all.map((use) => [kind, use] as const)),
      ...(await pathsOf(provider)),
    ]
    const status = async ({ method, path, body }: Use, app: string) => {
      gateway.upstream.respond(json({ id: 'x', object: 'list', data: [], content: [] }))
      const before = gateway.upstream.requests.length
      const answer = await gateway.send(path, body, { app, method })
      return [answer.status, gateway.upstream.requests.length - before]
    }
    for (const [kind, use] of uses) {
      const what = JSON.stringify(use(`${kind}_x`))
      const seen = {
        own: await status(use(idOf(kind, 'strict')), 'strict'),
        anothers: await status(use(idOf(kind, 'lax')), 'strict'),
        unknown: await status(use(idOf(kind, 'nobody')), 'strict'),
        'from a lax one': await status(use(idOf(kind, 'strict')), 'lax'),
        'from one that forwards': await status(use(idOf(kind, 'lax')), 'forwards'),
      }
      // A file that came as text, and not as requests, was not read as such; a prompt that nobody made here is unknown.
      const isRefused = what.includes('input_file_id') || what.includes('pmpt_1')
      expect([what, seen]).toEqual([
        what,
        {
          own: isRefused ? [403, 0] : [200, 1],
          anothers: [403, 0],
          unknown: [403, 0],
          'from a lax one': [403, 0],
          'from one that forwards': [403, 0],
        },
      ])
    }
  })

  const event = (type: string, more: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`

  /** A stream whose client has got its first event; the second comes when it is let go. */
  async function begun(gateway: Served, id: string, app: string) {
    const created = event('response.created', { response: { ...response(id), status: 'in_progress' } })
    const completed = event('response.completed', { response: response(id) })
    const paced = new PacedStream([created, completed])
    gateway.upstream.respond(paced.respond)
    const { body } = await gateway.sluice.post('/v1/responses', { model: 'm', input: 'hi', stream: true }, { app })
    const reader = body?.getReader()
    const next = async (): Promise<string> => Buffer.from((await reader?.read())?.value ?? []).toString()
    expect(await next()).toBe(created)
    return { paced, next, completed }
  }

  test('a response can be cancelled and gone on from while its stream is still under way', async () => {
    const { openai: gateway } = gateways
    const { paced, next, completed } = await begun(gateway, 'resp_under_way', 'strict')
    gateway.upstream.respond(json(response('resp_after')))
    const cancel = '/v1/responses/resp_under_way/cancel'
    expect((await gateway.send(cancel, undefined, { app: 'strict' })).status).toBe(200)
    expect((await gateway.send(cancel, undefined, { app: 'lax' })).status).toBe(403)
    paced.saw(0)
    expect(await next()).toBe(completed)
    const chained = { model: 'm', input: 'go on', previous_response_id: 'resp_under_way' }
    expect((await gateway.send('/v1/responses', chained, { app: 'strict' })).status).toBe(200)
    expect((await gateway.send('/v1/responses', chained, { app: 'lax' })).status).toBe(403)
    paced.saw(1)
    expect(await next()).toBe('')
  })

  test.each([
    ['code_interpreter_call', { code: 'print(1)', container_id: 'cntr_1', outputs: null }],
    ['file_search_call', { queries: ['q'], results: [{ file_id: 'file_found', filename: 'a.txt', text: 'found' }] }],
    ['message', { role: 'assistant', content: [cited({ container_id: 'cntr_2', file_id: 'cfile_2' })] }],
  ])('what a tool of the provider made goes back to it in a %s, whole and streamed', async (type, more) => {
    const { openai: gateway } = gateways
    const item = { type, id: `${type}_1`, status: 'completed', ...more }
    const answer = response(`resp_${type}`, [item])
    const created = event('response.created', { response: { ...answer, output: [] } })
    const streamed = sse([created, event('response.completed', { response: answer })])
    for (const [stream, provided] of [
      [false, json(answer)],
      [true, streamed],
    ] as const) {
      gateway.upstream.respond(provided)
      await gateway.send('/v1/responses', { model: 'm', input: 'hi', stream }, { app: 'strict' })
      gateway.upstream.respond(json(answer))
      const input = [item, { role: 'user', content: 'go on' }]
      expect((await gateway.send('/v1/responses', { model: 'm', input }, { app: 'strict' })).status).toBe(200)
    }
    const strange = { type: 'code_interpreter_call', id: 'ci_2', code: '', container_id: 'cntr_of_nobody' }
    expect((await gateway.send('/v1/responses', { model: 'm', input: [strange] }, { app: 'strict' })).status).toBe(403)
  })

  test('all that a request names unknown is waited for once, not one after another', async () => {
    const { openai: gateway } = gateways
    const { paced } = await begun(gateway, 'resp_slow', 'lax')
    gateway.upstream.respond(json(response('resp_after')))
    const input = Array.from({ length: 200 }, (_, at) => ({ type: 'item_reference', id: `msg_unknown_${at}` }))
    const began = performance.now()
    expect((await gateway.send('/v1/responses', { model: 'm', input }, { app: 'lax' })).status).toBe(200)
    expect(performance.now() - began).toBeLessThan(3000)
    paced.saw(0)
    paced.saw(1)
  })

  test('requests that were read under rules which have changed since are not run', async () => {
    const { openai: gateway } = gateways
    const made = { object: 'file', id: 'file_before' }
    const body = { input_file_id: made.id, endpoint: '/v1/chat/completions', completion_window: '24h' }
    const create = () =>
      answered(gateway, { object: 'batch', id: 'batch_2' }, () => gateway.send('/v1/batches', body, { app: 'strict' }))
    await answered(gateway, made, () => uploadLines(gateway, [line('a', 'hi')], 'strict'))
    expect((await create()).status).toBe(200)
    const { sluice } = gateway
    const path = join(sluice.folder, 'sluice.json')
    const written: ConfigOptions = JSON.parse(readFileSync(path, 'utf8'))
    const changed = written.policies?.map((policy) => (policy.id === 'block-in' ? { ...policy, match: {} } : policy))
    writeFileSync(path, JSON.stringify({ ...written, policies: changed }))
    sluice.process.kill('SIGHUP')
    await waitFor('the reload', () => sluice.log.find((text) => text.includes('was reloaded')))
    expect((await create()).status).toBe(403)
  })
})
