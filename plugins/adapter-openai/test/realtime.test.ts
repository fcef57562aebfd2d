import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { Json, JsonBody, JsonObject, JsonPointer, ServerMessage } from '@sluice/core'
import { stringLeaves } from '../src/json/leaves.ts'
import { realtime } from '../src/operations/realtime.ts'
import { fieldProblem, gathered, inspectedMessage } from './core-inside.ts'

/** One of each kind that the provider's OpenAPI document describes, with a string wherever one may stand. */
const clientEvents = eventsIn('client-events.json')
const serverEvents = eventsIn('server-events.json')
const NEEDLE = 'the needle, in so many words'

function eventsIn(name: string): readonly JsonObject[] {
  return JSON.parse(readFileSync(new URL(`../fixtures/realtime/${name}`, import.meta.url), 'utf8'))
}

function session() {
  const { socket } = realtime
  if (socket === undefined) throw new Error('the operation has no socket')
  return socket.session()
}

function body(value: Json): JsonBody {
  return { type: 'json', text: JSON.stringify(value), value }
}

function withNeedle(value: JsonObject, pointer: JsonPointer): JsonObject {
  const copy = structuredClone(value)
  const tokens = pointer.split('/').slice(1)
  const last = tokens.pop() ?? ''
  // Walks a copy that is this test's own, down a pointer that was read from it.
  let at = copy as Record<string, unknown>
  for (const token of tokens) at = at[token] as Record<string, unknown>
  at[last] = NEEDLE
  return copy
}

/** What a session that has heard this one event has inspected of it. */
function textsOf(message: ServerMessage, event: JsonObject): readonly string[] {
  if (message.type === 'piece') return gathered(realtime, event, message).map(({ text }) => text)
  return inspectedMessage(realtime, body(event), message.view, 'egress').map(({ text }) => text)
}

describe('no string of a client event passes by', () => {
  for (const event of clientEvents) {
    test(`${event['type']} ${JSON.stringify(event).slice(0, 400)}`, () => {
      expect(fieldProblem(realtime, event)).toBeUndefined()
      const missed = stringLeaves(event, '').filter(({ pointer }) => {
        const changed = withNeedle(event, pointer)
        const view = session().readClient(body(changed))
        return !inspectedMessage(realtime, body(changed), view, 'ingress').some(({ text }) => text.includes(NEEDLE))
      })
      expect(missed).toEqual([])
    })
  }
})

describe('no string of a server event passes by', () => {
  for (const event of serverEvents) {
    test(`${event['type']} ${JSON.stringify(event).slice(0, 400)}`, () => {
      const missed = stringLeaves(event, '').filter(({ pointer }) => {
        // Declared: random padding, different in every event.
        if (pointer === '/obfuscation') return false
        const changed = withNeedle(event, pointer)
        const message = session().readServer(body(changed))
        return !textsOf(message, changed).some((text) => text.includes(NEEDLE))
      })
      expect(missed).toEqual([])
    })
  }
})

describe('who speaks', () => {
  const item = (value: JsonObject) => {
    const view = session().readClient(body({ type: 'conversation.item.create', item: value }))
    return view.texts.map(({ kind, trust, text }) => [kind, trust, text])
  }
  test('a message by its role', () => {
    const said = (role: string) => item({ type: 'message', role, content: [{ type: 'input_text', text: 'words' }] })
    expect(said('system')).toEqual([['instruction', 'operator', 'words']])
    expect(said('user')).toEqual([['user', 'user', 'words']])
    expect(said('assistant')).toEqual([['assistant', 'model', 'words']])
  })

  test('what a tool has answered is a stranger’s word, under the name of the tool that was called', () => {
    const one = session()
    one.readServer(
      body({
        type: 'response.output_item.added',
        item: { id: 'item_1', type: 'function_call', name: 'look', call_id: 'c1', arguments: '' },
      }),
    )
    const view = one.readClient(
      body({
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: 'c1', output: 'found' },
      }),
    )
    expect(view.toolResults).toEqual([
      { callId: 'c1', name: 'look', text: 'found', place: { pointer: '/item/output' } },
    ])
    expect(view.texts[0]).toMatchObject({
      kind: 'tool-result',
      trust: 'external',
      text: 'found',
      tool: { name: 'look' },
    })
  })

  test('a transcription of speech is the user’s, the transcript of sound made by the model is the model’s', () => {
    const speech = session().readServer(
      body({ type: 'conversation.item.input_audio_transcription.delta', item_id: 'i', content_index: 0, delta: 'hm' }),
    )
    expect(speech).toMatchObject({ type: 'piece', of: 'speech i', trust: 'user' })
    const spoken = session().readServer(
      body({ type: 'response.output_audio_transcript.delta', response_id: 'r', item_id: 'i', delta: 'hm' }),
    )
    expect(spoken).toMatchObject({ type: 'piece', of: 'response r', trust: 'model' })
  })
})

describe('models and tools of a session', () => {
  const view = session().readClient(
    body({
      type: 'session.update',
      session: {
        type: 'realtime',
        model: 'gpt-realtime',
        audio: { input: { transcription: { model: 'whisper-1' } } },
        prompt: { id: 'pmpt_1', variables: { city: 'Rome', file: { type: 'input_file', file_id: 'file-1' } } },
        tools: [
          { type: 'function', name: 'look', description: 'looks', parameters: { type: 'object' } },
          { type: 'mcp', server_label: 's', server_url: 'https://mcp.example/x' },
          { type: 'mcp', server_label: 'c', connector_id: 'connector_gmail' },
        ],
        tool_choice: { type: 'function', name: 'look' },
      },
    }),
  )

  test('every model is named', () => {
    expect(view.models.map(({ value }) => value)).toEqual(['gpt-realtime', 'whisper-1'])
  })

  test('tools, whose server runs them, and what hangs on them', () => {
    const [set] = view.toolSets
    expect(set?.tools.map(({ type, name, server }) => [type, name, server])).toEqual([
      ['function', 'look', undefined],
      ['hosted', 'mcp', { url: 'https://mcp.example/x' }],
      ['hosted', 'mcp', { connector: 'connector_gmail' }],
    ])
    expect(set?.dependents).toEqual([{ pointer: '/session/tool_choice' }])
    expect(set?.choices[0]?.names[0]?.value).toBe('look')
  })

  test('what lies with the provider is referred to', () => {
    expect(view.references?.map(({ kind, id, use }) => [kind, id, use])).toEqual([
      ['prompt', 'pmpt_1', 'input'],
      ['file', 'file-1', 'input'],
    ])
  })
})

test('the end of a response, blocked, says what a content filter would', () => {
  const event = {
    type: 'response.done',
    response: { id: 'r', status: 'completed', status_details: null, output: [{}] },
  }
  const message = session().readServer(body(event))
  expect(message).toMatchObject({ type: 'whole', ends: { of: 'response r', answered: true } })
  if (message.type !== 'whole') throw new Error('a piece')
  expect(message.emptied?.map((edit) => [edit.place.pointer, edit.type === 'replace' ? edit.json : ''])).toEqual([
    ['/response/output', '[]'],
    ['/response/status', '"incomplete"'],
    ['/response/status_details', '{"type":"incomplete","reason":"content_filter"}'],
  ])
})

test('an error event names the client’s own event, and is what the API’s clients take', () => {
  const of = body({ type: 'response.create', event_id: 'mine' })
  const denial = { code: 'SLUICE_BLOCKED', message: 'Content blocked due to policy violations', id: '1', of }
  expect(JSON.parse(realtime.socket?.refuse(denial) ?? '')).toEqual({
    type: 'error',
    event_id: 'event_1',
    error: {
      type: 'invalid_request_error',
      code: 'content_blocked',
      message: 'Content blocked due to policy violations',
      param: null,
      event_id: 'mine',
    },
  })
})
