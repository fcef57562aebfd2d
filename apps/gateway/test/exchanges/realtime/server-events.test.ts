import { describe, expect, test } from 'bun:test'
import { detectors, needle, needleType } from '../pitfalls/needle.ts'
import { served } from './served.ts'

const match = { types: [needleType], lifecycle: ['EGRESS' as const] }
const gateway = served({
  apps: {
    watch: {},
    block: { policies: ['block'] },
    redact: { policies: ['redact'] },
    quarantine: { policies: ['quarantine'] },
  },
  config: {
    plugins: detectors,
    policies: [
      { id: 'block', match, action: 'BLOCK' },
      { id: 'redact', match, action: 'REDACT' },
      { id: 'quarantine', match, action: 'QUARANTINE' },
    ],
  },
})

const text = `x ${needle}`
const item = (content: object, role = 'assistant') => ({ id: 'i', type: 'message', role, content: [content] })

/** Whole events, with a text that was not said before, and the kind of text that it is. */
const whole: readonly (readonly [string, object])[] = [
  ['instruction', { type: 'session.created', session: { instructions: text } }],
  ['instruction', { type: 'session.updated', session: { instructions: text } }],
  ['user', { type: 'conversation.item.retrieved', item: item({ type: 'input_text', text }, 'user') }],
  ['assistant', { type: 'conversation.item.added', item: item({ type: 'output_text', text }) }],
  ['transcript', { type: 'conversation.item.done', item: item({ type: 'output_audio', transcript: text }) }],
  [
    'tool-result',
    { type: 'conversation.item.created', item: { type: 'function_call_output', call_id: 'c', output: text } },
  ],
  ['transcript', { type: 'conversation.item.input_audio_transcription.completed', item_id: 'i', transcript: text }],
  ['error', { type: 'conversation.item.input_audio_transcription.failed', item_id: 'i', error: { message: text } }],
  ['assistant', { type: 'response.output_text.done', response_id: 'r', item_id: 'i', text }],
  ['assistant', { type: 'response.content_part.done', response_id: 'r', part: { type: 'text', text } }],
  ['assistant', { type: 'response.output_item.done', response_id: 'r', item: item({ type: 'output_text', text }) }],
  ['tool-arguments', { type: 'response.mcp_call_arguments.done', response_id: 'r', item_id: 'i', arguments: text }],
  ['error', { type: 'error', error: { type: 'server_error', message: text } }],
  ['other', { type: 'a.new.event', with: [{ a: text }] }],
]

/** Pieces of a text, the needle cut between them. */
const [left, right] = [text.slice(0, 9), text.slice(9)]
const pieces: readonly (readonly [string, readonly object[]])[] = [
  ['assistant', cut('response.output_text.delta')],
  ['assistant', cut('response.text.delta')],
  ['transcript', cut('response.output_audio_transcript.delta')],
  ['tool-arguments', cut('response.function_call_arguments.delta')],
  ['other', cut('response.mcp_call_arguments.delta')],
  ['transcript', cut('conversation.item.input_audio_transcription.delta')],
]

function cut(type: string): readonly object[] {
  return [left, right].map((delta) => ({ type, response_id: 'r', item_id: 'i', content_index: 0, delta }))
}

const done = { type: 'response.done', response: { id: 'r', status: 'completed', status_details: null, output: [] } }

describe('what is found in a whole event of the server’s', () => {
  for (const [kind, event] of whole) {
    const said = JSON.stringify(event)
    test(`is on record, of kind ${kind}: ${said.slice(0, 120)}`, async () => {
      const { client, session, end } = await gateway.open({ app: 'watch' })
      session.send(said)
      expect(await client.next()).toBe(said)
      const { detections } = await end()
      expect(detections).toMatchObject([{ type: needleType, lifecycle: 'EGRESS', kind }])
    })

    test(`REDACT and BLOCK act before it is given: ${said.slice(0, 120)}`, async () => {
      const redacted = await gateway.open({ app: 'redact' })
      redacted.session.send(said)
      expect(await redacted.client.next()).toBe(said.replace(needle, '[REDACTED]'))
      const blocked = await gateway.open({ app: 'block' })
      blocked.session.send(said)
      blocked.session.send({ type: 'input_audio_buffer.cleared' })
      expect(await blocked.client.event()).toMatchObject({
        type: 'error',
        error: { code: 'content_blocked', event_id: null },
      })
      expect(await blocked.client.event()).toEqual({ type: 'input_audio_buffer.cleared' })
      expect(await blocked.end()).toMatchObject({ outcome: 'forwarded', effectiveAction: 'BLOCK' })
    })
  }

  test('the end of a response is given all the same, without what was said', async () => {
    const { client, session, end } = await gateway.open({ app: 'block' })
    const output = [item({ type: 'output_text', text })]
    session.send({ type: 'response.done', response: { id: 'r', status: 'completed', status_details: null, output } })
    expect(await client.event()).toMatchObject({ type: 'error', error: { code: 'content_blocked' } })
    expect(await client.event()).toEqual({
      type: 'response.done',
      response: {
        id: 'r',
        status: 'incomplete',
        status_details: { type: 'incomplete', reason: 'content_filter' },
        output: [],
      },
    })
    await end()
  })
})

describe('what comes in pieces', () => {
  for (const [kind, events] of pieces) {
    const type = JSON.stringify(events[0])
    test(`is given at once, and judged when it is complete: ${type}`, async () => {
      const { client, session, end } = await gateway.open({ app: 'block' })
      for (const event of events) session.send(event)
      for (const event of events) expect(await client.event()).toMatchObject(event)
      const last = type.includes('input_audio')
        ? { type: 'conversation.item.input_audio_transcription.completed', item_id: 'i', transcript: text }
        : done
      session.send(last)
      expect(await client.event()).toEqual({ ...last })
      const record = await end()
      const found = record.detections.filter(({ type }) => type === needleType)
      expect(found).toMatchObject([{ lifecycle: 'EGRESS', kind }])
      expect(record).toMatchObject({ action: 'BLOCK', effectiveAction: 'LOG' })
    })
  }

  test('the user’s speech is the user’s word', async () => {
    const { session, client, end } = await gateway.open({ app: 'watch' })
    for (const event of cut('conversation.item.input_audio_transcription.delta')) session.send(event)
    session.send({ type: 'conversation.item.input_audio_transcription.completed', item_id: 'i', transcript: text })
    for (let at = 0; at < 3; at++) await client.next()
    expect((await end()).detections).toMatchObject([{ kind: 'transcript', trust: 'user' }])
  })

  test('the copies at the end of a text are no texts of their own', async () => {
    const { session, client, end } = await gateway.open({ app: 'block' })
    const copies = [
      ...cut('response.output_text.delta'),
      { type: 'response.output_text.done', response_id: 'r', item_id: 'i', text },
      { type: 'response.content_part.done', response_id: 'r', item_id: 'i', part: { type: 'text', text } },
      { type: 'response.output_item.done', response_id: 'r', item: item({ type: 'output_text', text }) },
      { ...done, response: { ...done.response, output: [item({ type: 'output_text', text })] } },
      { type: 'conversation.item.done', item: item({ type: 'output_text', text }) },
    ]
    for (const event of copies) session.send(event)
    for (const event of copies) expect(await client.event()).toEqual({ ...event } as never)
    const record = await end()
    expect(record.detections).toHaveLength(1)
    expect(record.effectiveAction).toBe('LOG')
  })

  test('what the session was cut off in is judged as far as it came', async () => {
    const { session, client, record } = await gateway.open({ app: 'watch' })
    for (const event of cut('response.output_text.delta')) session.send(event)
    for (let at = 0; at < 2; at++) await client.next()
    session.cut()
    expect(await record()).toMatchObject({ outcome: 'upstream-truncated', detections: [{ type: needleType }] })
  })

  test('QUARANTINE: the session is closed when the response is complete, not when the session is', async () => {
    const { session, client, record } = await gateway.open({ app: 'quarantine' })
    for (const event of [...cut('response.output_text.delta'), done]) session.send(event)
    for (let at = 0; at < 3; at++) await client.next()
    expect(await client.closed).toEqual({ code: 1008, reason: 'policy' })
    expect(await record()).toMatchObject({ outcome: 'blocked', effectiveAction: 'QUARANTINE' })
    await expect(gateway.open({ app: 'quarantine' })).rejects.toThrow()
  })

  test('what is no JSON is not given where a rule could act, and is inspected where none could', async () => {
    const watched = await gateway.open({ app: 'watch' })
    watched.session.send(text)
    expect(await watched.client.next()).toBe(text)
    expect((await watched.end()).detections).toMatchObject([{ type: needleType }])
    const blocked = await gateway.open({ app: 'block' })
    blocked.session.send('hello')
    expect(await blocked.client.event()).toMatchObject({ error: { code: 'upstream_refused' } })
    blocked.session.send('{"type":"a","type":"b"}')
    expect(await blocked.client.event()).toMatchObject({ error: { code: 'upstream_refused' } })
  })
})
