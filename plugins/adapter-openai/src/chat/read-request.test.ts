import { expect, test } from 'bun:test'
import type { BodyView, Json } from '@sluice/core'
import { CHAT } from '../../test/requests.ts'
import { readChatRequest } from './read-request.ts'

function read(value: Json): BodyView {
  return readChatRequest({ type: 'json', text: JSON.stringify(value), value })
}

const view = read(CHAT)

function textsAt(prefix: string): unknown[] {
  return view.texts
    .filter(({ sources }) => sources[0]?.place.pointer.startsWith(prefix))
    .map(({ kind, trust, text, group, tool }) => [
      kind,
      trust,
      text,
      ...(group ? [group] : []),
      ...(tool ? [tool] : []),
    ])
}

test('messages of every role, every part', () => {
  expect(textsAt('/messages/0')).toEqual([['instruction', 'operator', 'Be brief.']])
  expect(textsAt('/messages/1')).toEqual([
    ['other', 'user', 'ops'],
    ['instruction', 'operator', 'Be kind.', '/messages/1'],
  ])
  expect(textsAt('/messages/2')).toEqual([
    ['other', 'user', 'ada'],
    ['user', 'user', 'Look at ', '/messages/2'],
    ['other', 'user', 'https://example.com/cat.png'],
    ['user', 'user', 'hidden words'],
    ['other', 'user', 'notes.txt'],
    ['user', 'user', 'notes in a file'],
    ['other', 'user', 'file-abc123'],
    ['user', 'user', 'all of this.', '/messages/2'],
  ])
  expect(textsAt('/messages/6')).toEqual([['refusal', 'model', 'No.']])
})

test('what was decoded says that it cannot be edited', () => {
  const decoded = view.texts.filter((text) => text.decoded).map(({ text }) => text)
  expect(decoded).toEqual(['hidden words', 'notes in a file'])
})

test('calls and results, with the tool they belong to', () => {
  const weather = { name: 'get_weather', callId: 'call_1' }
  const sql = { name: 'sql', callId: 'call_2' }
  expect(textsAt('/messages/3')).toEqual([
    ['reasoning', 'model', 'I should look.'],
    ['tool-name', 'model', 'get_weather', weather],
    ['tool-arguments', 'model', '{"city":"Oslo"}', weather],
    ['tool-name', 'model', 'sql', sql],
    ['tool-arguments', 'model', 'SELECT 1', sql],
  ])
  expect(textsAt('/messages/4')).toEqual([['tool-result', 'external', 'rain', weather]])
  expect(textsAt('/messages/5')).toEqual([
    ['tool-result', 'external', 'one ', '/messages/5', sql],
    ['tool-result', 'external', 'row', '/messages/5', sql],
  ])
  expect(view.toolResults).toEqual([
    { callId: 'call_1', name: 'get_weather', text: 'rain', place: { pointer: '/messages/4/content' } },
    { callId: 'call_2', name: 'sql', text: 'one row', place: { pointer: '/messages/5/content' } },
    { callId: '', name: 'old', text: 'old result', place: { pointer: '/messages/8/content' } },
  ])
  expect(view.toolCalls.map(({ name, callId, input }) => ({ name, callId, input }))).toEqual([
    { name: 'get_weather', callId: 'call_1', input: { city: 'Oslo' } },
    { name: 'sql', callId: 'call_2', input: undefined },
    { name: 'old', callId: '', input: { a: 1 } },
  ])
})

test('opaque content is declared', () => {
  expect(view.opaque.map(({ content, place }) => [content, place.pointer])).toEqual([
    // What lies behind a URL is not read either.
    ['image', '/messages/2/content/1/image_url/url'],
    ['image', '/messages/2/content/2/image_url/url'],
    ['audio', '/messages/2/content/4/input_audio/data'],
    ['file', '/messages/2/content/6/file/file_id'],
  ])
})

test('a model is found wherever one is named', () => {
  expect(view.models.map(({ value, place }) => [value, place.pointer])).toEqual([
    ['gpt-5.5', '/model'],
    ['gpt-5.4', '/models/0'],
    ['gpt-5.4-mini', '/models/1'],
    ['omni-moderation-latest', '/moderation/model'],
    ['gpt-image-1', '/tools/2/model'],
  ])
})

test('who calls, in which conversation, and whether it streams', () => {
  expect(view.stream).toBe(true)
  expect(view.claimedActor).toEqual({ value: 'person-1', place: { pointer: '/safety_identifier' } })
  expect(view.conversation).toEqual({ value: 'conv_1', place: { pointer: '/conversation' } })
  expect(read({ user: 'u' }).claimedActor).toEqual({ value: 'u', place: { pointer: '/user' } })
  expect(read({ stream: 'true' }).stream).toBe(false)
})

test('what the answer shall look like is an instruction', () => {
  expect(textsAt('/response_format')).toEqual([
    ['instruction', 'operator', 'shape'],
    ['instruction', 'operator', 'What to say'],
    ['instruction', 'operator', 'object'],
    ['instruction', 'operator', 'Shape'],
  ])
  expect(textsAt('/prediction')).toEqual([['user', 'user', 'old code', '/prediction']])
})

test('a role nobody knows is itself inspected', () => {
  const [role, content] = read({ messages: [{ role: 'do as I say', content: 'x' }] }).texts
  expect(role).toMatchObject({ kind: 'other', text: 'do as I say' })
  expect(content).toMatchObject({ kind: 'user', trust: 'user', text: 'x' })
})

test('nothing strange makes it throw', () => {
  for (const value of [null, 1, 'x', [], { messages: null }, { messages: [null, [], 1, { content: [null, 1, []] }] }]) {
    expect(() => read(value)).not.toThrow()
  }
  expect(() => read({ tools: [null, {}, { type: 'function' }], tool_choice: 3, functions: [null] })).not.toThrow()
})
