import { describe, expect, test } from 'bun:test'
import { json, text } from '@sluice/testing'
import { detectors, needle, needleType, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'
import { ANTHROPIC } from '../sdk/anthropic-client.ts'

const batches = '/v1/messages/batches'
const made = { id: 'msgbatch_1', type: 'message_batch', processing_status: 'in_progress' }

const gateway = served({
  adapters: [ANTHROPIC],
  apps: {
    open: {},
    limited: { allowedModels: ['claude-a', 'claude-b'] },
    block: { policies: ['block-in'] },
    redact: { policies: ['redact-in'] },
    blockOut: { policies: ['block-out'] },
    redactOut: { policies: ['redact-out'] },
    tools: { plugins: [{ id: 'rules', options: { deny: ['shell'] } }] },
    metered: { monthlyQuota: 2 },
    claims: { policies: ['block-claims'] },
  },
  config: {
    plugins: [...detectors, { use: '@sluice/tool-filter-rules', id: 'rules', options: {} }],
    policies: [
      ...policies,
      { id: 'block-claims', match: { types: [needleType], actor: { identityAtMost: 'BASIC' } }, action: 'BLOCK' },
    ],
  },
})

interface Params {
  readonly model?: string | undefined
  readonly [name: string]: unknown
}

function request(custom_id: string, content: unknown, more: Params = {}): object {
  return { custom_id, params: { model: 'claude-a', max_tokens: 9, messages: [{ role: 'user', content }], ...more } }
}

const tool = (name: string): object => ({ name, description: name, input_schema: { type: 'object' } })
const errorOf = (answer: { json(): unknown }): string => (answer.json() as { error: string }).error
const create = (requests: readonly object[], app: string) => gateway.send(batches, { requests }, { app })

describe('what holds for a request alone holds inside a batch of messages', () => {
  test('a forbidden tool leaves its request, and every other byte stays', async () => {
    gateway.upstream.respond(json(made))
    const untouched = JSON.stringify(request('a', 'hi', { tools: [tool('look_up')] }))
    const asked = request('b', 'hi', { tools: [tool('look_up'), tool('shell')] })
    const only = request('c', 'hi', { tools: [tool('shell')], tool_choice: { type: 'any' } })
    const text = `{"requests": [ ${untouched},${JSON.stringify(asked)} ,${JSON.stringify(only)}], "x": 1.0}`
    const answer = await gateway.send(batches, text, { app: 'tools' })
    expect(answer.status).toBe(200)
    const left = JSON.stringify(request('b', 'hi', { tools: [tool('look_up')] }))
    const none = JSON.stringify(request('c', 'hi'))
    expect(gateway.upstream.requests.at(-1)?.text()).toBe(`{"requests": [ ${untouched},${left} ,${none}], "x": 1.0}`)
    expect((await gateway.record(answer)).toolsRemoved).toMatchObject([{ name: 'shell' }, { name: 'shell' }])
  })

  test('a needle in one is redacted there', async () => {
    gateway.upstream.respond(json(made))
    const text = (word: string): string =>
      JSON.stringify({ requests: [request('a', 'hi'), request('b', [{ type: 'text', text: `say ${word}` }])] })
    const answer = await gateway.send(batches, text(needle), { app: 'redact' })
    expect(answer.status).toBe(200)
    expect(gateway.upstream.requests.at(-1)?.text()).toBe(text('[REDACTED]'))
    expect((await gateway.record(answer)).detections.map(({ place }) => place.pointer)).toEqual([
      '/requests/1/params/messages/0/content/0/text',
    ])
  })

  test('a needle in one blocks all, and it is named', async () => {
    const before = gateway.upstream.requests.length
    const answer = await create([request('a', 'hi'), request('b', needle)], 'block')
    expect([answer.status, errorOf(answer)]).toEqual([451, expect.stringMatching(/: request 2 \(custom_id b\)$/)])
    expect((await create([request('a', 'hi'), request(needle, 'hi')], 'block')).status).toBe(451)
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('two tools of one name in one request: 400; in two requests they are two', async () => {
    gateway.upstream.respond(json(made))
    const twice = request('b', 'hi', { tools: [tool('t'), tool('t')] })
    const refused = await create([request('a', 'hi'), twice], 'open')
    expect([refused.status, errorOf(refused)]).toEqual([400, expect.stringContaining('Request 2 (custom_id b).')])
    const once = [request('a', 'hi', { tools: [tool('t')] }), request('b', 'hi', { tools: [tool('t')] })]
    expect((await create(once, 'open')).status).toBe(200)
  })

  test('a model that is missing or not allowed in one: 403', async () => {
    const before = gateway.upstream.requests.length
    for (const model of [undefined, 'claude-c']) {
      const answer = await create([request('a', 'hi'), request('b', 'hi', { model })], 'limited')
      expect([model, answer.status, errorOf(answer)]).toEqual([
        model,
        403,
        expect.stringContaining('Request 2 (custom_id b).'),
      ])
    }
    expect(gateway.upstream.requests).toHaveLength(before)
    gateway.upstream.respond(json(made))
    expect((await create([request('a', 'hi'), request('b', 'hi', { model: 'claude-b' })], 'limited')).status).toBe(200)
  })

  test('an address in one must be public, and what it names must be known', async () => {
    const image = { type: 'image', source: { type: 'url', url: 'http://169.254.169.254/' } }
    const file = { type: 'document', source: { type: 'file', file_id: 'file_strange' } }
    expect((await create([request('a', 'hi'), request('b', [image])], 'open')).status).toBe(400)
    expect((await create([request('a', 'hi'), request('b', [file])], 'block')).status).toBe(403)
  })

  test('a rule about who acts sees who each claims to be', async () => {
    gateway.upstream.respond(json(made))
    const claimed = request('b', needle, { metadata: { user_id: 'ann' } })
    const blocked = await create([request('a', needle), claimed], 'claims')
    expect([blocked.status, errorOf(blocked)]).toEqual([451, expect.stringMatching(/: request 2 \(custom_id b\)$/)])
    expect((await create([request('a', needle)], 'claims')).status).toBe(200)
  })

  test('each counts', async () => {
    const answer = await create([request('a', '1'), request('b', '2'), request('c', '3')], 'metered')
    expect(answer.status).toBe(429)
  })
})

const result = (custom_id: string, text: string, block?: object): string =>
  JSON.stringify({
    custom_id,
    result: {
      type: 'succeeded',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'claude-a',
        content: [{ type: 'text', text }, ...(block === undefined ? [] : [block])],
        stop_reason: 'end_turn',
        stop_sequence: null,
        usage: { input_tokens: 2, output_tokens: 3 },
      },
    },
  })
/** The needle with each of its characters as a JSON escape. */
const escaped = [...needle].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

describe('the results of a batch of messages', () => {
  const results = async (app: string, body: string, type = 'application/x-jsonl') => {
    const id = `msgbatch_${app}`
    gateway.upstream.respond(json({ ...made, id }))
    await create([request('a', 'hi')], app)
    gateway.upstream.respond(text(body, { headers: [['content-type', type]] }))
    return gateway.send(`${batches}/${id}/results`, undefined, { app, method: 'GET' })
  }

  test.each(['application/x-jsonl', 'application/binary', 'application/json'])(
    'of several lines pass as they came where a rule could act: %s',
    async (type) => {
      const body = `${result('a', 'fine')}\n${result('b', 'fine too')}\n`
      const answer = await results('blockOut', body, type)
      expect([answer.status, answer.text()]).toEqual([200, body])
    },
  )

  test('an escaped needle in one line is redacted there', async () => {
    const line = (word: string): string => result('b', 'WORD').replace('WORD', `pay ${word} now`)
    const body = (word: string): string => `${result('a', 'fine')}\n${line(word)}\n`
    const answer = await results('redactOut', body(escaped))
    expect([answer.status, answer.text()]).toEqual([200, body('[REDACTED]')])
  })

  test('what the provider has sealed in them goes back to it', async () => {
    const thoughts = { type: 'redacted_thinking', data: '+Zz/gICA/f7/gMDB9fX/' }
    expect((await results('block', `${result('a', 'fine', thoughts)}\n`)).status).toBe(200)
    const ask = (data: string): Promise<{ status: number }> => {
      gateway.upstream.respond(json({ type: 'message', content: [] }))
      const said = { role: 'assistant', content: [{ ...thoughts, data }] }
      const messages = [{ role: 'user', content: 'hi' }, said, { role: 'user', content: 'go on' }]
      return gateway.send('/v1/messages', { model: 'claude-a', max_tokens: 9, messages }, { app: 'block' })
    }
    expect((await ask(thoughts.data)).status).toBe(200)
    expect((await ask('+Zz/gICA/f7/gMDB9fX+')).status).toBe(403)
  })

  test('an escaped needle blocks', async () => {
    const answer = await results(
      'blockOut',
      `${result('a', 'fine')}\n${result('b', needle).replace(needle, escaped)}\n`,
    )
    expect(answer.status).toBe(451)
    expect(answer.text()).not.toContain('fine')
  })
})
