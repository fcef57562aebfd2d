import { describe, expect, test } from 'bun:test'
import { detectors, needle, needleType } from '../pitfalls/needle.ts'
import type { Open } from './served.ts'
import { served } from './served.ts'

const match = { types: [needleType], lifecycle: ['INGRESS' as const] }
const gateway = served({
  apps: {
    watch: {},
    block: { policies: ['block'] },
    redact: { policies: ['redact'] },
    quarantine: { policies: ['quarantine'] },
    terminate: { policies: ['terminate'] },
    limited: { allowedModels: ['gpt-realtime', 'whisper-1'] },
  },
  config: {
    plugins: detectors,
    policies: [
      { id: 'block', match, action: 'BLOCK' },
      { id: 'redact', match, action: 'REDACT' },
      { id: 'quarantine', match, action: 'QUARANTINE' },
      { id: 'terminate', match, action: 'TERMINATE' },
    ],
  },
})

const message = (text: string, role = 'user') => ({
  type: 'conversation.item.create',
  item: { type: 'message', role, content: [{ type: 'input_text', text }] },
})

/** Each kind of event with a text in it, and the kind of text that it is. */
const events: readonly (readonly [string, object])[] = [
  ['instruction', { type: 'session.update', session: { type: 'realtime', instructions: `x ${needle}` } }],
  [
    'instruction',
    { type: 'session.update', session: { audio: { input: { transcription: { prompt: `x ${needle}` } } } } },
  ],
  [
    'tool-definition',
    {
      type: 'session.update',
      session: { tools: [{ type: 'function', name: 'f', description: `x ${needle}`, parameters: {} }] },
    },
  ],
  ['instruction', { type: 'session.update', session: { prompt: { id: 'p', variables: { a: `x ${needle}` } } } }],
  ['user', message(`x ${needle}`)],
  ['instruction', message(`x ${needle}`, 'system')],
  ['assistant', message(`x ${needle}`, 'assistant')],
  [
    'tool-result',
    {
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: 'c', output: `x ${needle}` },
    },
  ],
  [
    'tool-arguments',
    {
      type: 'conversation.item.create',
      item: { type: 'function_call', call_id: 'c', name: 'f', arguments: `{"a":"x ${needle}"}` },
    },
  ],
  ['instruction', { type: 'response.create', response: { instructions: `x ${needle}` } }],
  ['user', { type: 'response.create', response: { input: [message(`x ${needle}`).item] } }],
  ['other', { type: 'response.create', response: { metadata: { topic: `x ${needle}` } } }],
  ['other', { type: 'conversation.item.delete', item_id: `x ${needle}` }],
  ['other', { type: 'a.new.event', with: { something: [`x ${needle}`] } }],
  ['other', { type: `x ${needle}` }],
  ['other', { type: 'input_audio_buffer.append', audio: `x ${needle}` }],
]

/** An event that shows that everything before it was dealt with. */
const probe = { type: 'input_audio_buffer.commit' }

async function passesOn({ client, session }: Open): Promise<void> {
  client.send(probe)
  expect(JSON.parse(await session.next())).toEqual(probe)
}

describe('what is found in a client’s event', () => {
  for (const [kind, event] of events) {
    test(`is on record, of kind ${kind}: ${JSON.stringify(event).slice(0, 150)}`, async () => {
      const open = await gateway.open({ app: 'watch' })
      const text = JSON.stringify(event)
      open.client.send(text)
      expect(await open.session.next()).toBe(text)
      const { detections, effectiveAction } = await open.end()
      expect(detections).toMatchObject([{ type: needleType, lifecycle: 'INGRESS', kind, direction: 'ingress' }])
      expect(effectiveAction).toBe('LOG')
    })

    test(`BLOCK: it is not given on, the client is told, the session goes on: ${JSON.stringify(event).slice(0, 100)}`, async () => {
      const open = await gateway.open({ app: 'block' })
      open.client.send({ event_id: 'mine', ...event })
      expect(await open.client.event()).toEqual({
        type: 'error',
        event_id: expect.stringMatching(/^event_[A-Za-z0-9]{20}$/),
        error: {
          type: 'invalid_request_error',
          code: 'content_blocked',
          message: 'Content blocked due to policy violations',
          param: null,
          event_id: 'mine',
        },
      })
      await passesOn(open)
      expect(open.session.received).toHaveLength(1)
      expect(await open.end()).toMatchObject({ outcome: 'forwarded', action: 'BLOCK', effectiveAction: 'BLOCK' })
    })
  }

  test('REDACT: the span, and nothing else, is another', async () => {
    const open = await gateway.open({ app: 'redact' })
    const text = JSON.stringify(message(`a card ${needle} é`)).replace('"type"', ' "type"  ')
    open.client.send(text)
    expect(await open.session.next()).toBe(text.replace(needle, '[REDACTED]'))
    expect(await open.end()).toMatchObject({ effectiveAction: 'REDACT', policy: 'redact' })
  })

  test('QUARANTINE and TERMINATE: the session is closed, and there is no other', async () => {
    for (const app of ['quarantine', 'terminate']) {
      const { client, session, record } = await gateway.open({ app })
      client.send(message(needle))
      expect(JSON.parse(await client.next())).toMatchObject({ error: { code: 'content_blocked' } })
      expect(await client.closed).toEqual({ code: 1008, reason: 'policy' })
      await session.closed
      expect(session.received).toEqual([])
      expect(await record()).toMatchObject({ outcome: 'blocked', code: 'SLUICE_ACTOR_QUARANTINED' })
      await expect(gateway.open({ app })).rejects.toThrow()
    }
  })
})

describe('an event that cannot be taken', () => {
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['no JSON', 'hello', /JSON/],
    ['no object', '[1]', /JSON object/],
    ['a key twice', '{"type":"a","type":"b"}', /twice/],
    ['a known key spelled otherwise', '{"Type":"session.update"}', /spelled otherwise/],
    ['a known member of another type', '{"type":"session.update","session":"x"}', /must be/],
  ]
  for (const [what, text, says] of wrong) {
    test(`${what}: not given on, the client is told why, the session goes on`, async () => {
      const open = await gateway.open({ app: 'watch' })
      open.client.send(text)
      expect(await open.client.event()).toMatchObject({
        type: 'error',
        error: { code: 'body_malformed', message: expect.stringMatching(says) },
      })
      await passesOn(open)
    })
  }

  test('a model that is not allowed, in any place where one is named', async () => {
    const open = await gateway.open({ app: 'limited' })
    const named = [
      { type: 'session.update', session: { model: 'other' } },
      { type: 'session.update', session: { audio: { input: { transcription: { model: 'other' } } } } },
      { type: 'transcription_session.update', session: { input_audio_transcription: { model: 'other' } } },
    ]
    for (const event of named) {
      open.client.send(event)
      expect(await open.client.event()).toMatchObject({ error: { code: 'model_not_allowed' } })
    }
    const allowed = { type: 'session.update', session: { audio: { input: { transcription: { model: 'whisper-1' } } } } }
    open.client.send(allowed)
    expect(JSON.parse(await open.session.next())).toEqual(allowed)
  })
})
