import { expect, test } from 'bun:test'
import type { BodyView, FormPart, Json } from '@sluice/core'
import { readAudioRequest } from './read-request.ts'
import { readTranscript } from './read-response.ts'

const field = (name: string, text: string): FormPart => ({ name, text, start: 0, end: text.length })

test('the form: the model, the prompt, and what is not read', () => {
  const file: FormPart = { name: 'file', filename: 'a.wav', contentType: 'audio/wav', start: 0, end: 9 }
  const view = readAudioRequest({
    type: 'form',
    parts: [field('model', 'whisper-1'), file, field('prompt', 'Names: Ada'), field('stream', 'true')],
  })
  expect(view.models).toEqual([{ value: 'whisper-1', place: { part: 0, pointer: '' } }])
  expect(view.opaque).toMatchObject([{ content: 'audio', place: { part: 1, pointer: '' } }])
  expect(view.texts).toMatchObject([{ kind: 'instruction', trust: 'user', text: 'Names: Ada' }])
  expect(view.texts[0]?.sources).toEqual([{ place: { part: 2, pointer: '' }, start: 0 }])
  expect(view.stream).toBe(true)
})

test('a model sent as a file is no model', () => {
  const view = readAudioRequest({ type: 'form', parts: [{ name: 'model', filename: 'm', start: 0, end: 1 }] })
  expect(view.models).toEqual([])
  expect(view.opaque).toMatchObject([{ content: 'file' }])
})

function read(value: Json): BodyView {
  return readTranscript({ type: 'json', text: '', value }, { status: 200 })
}

test('json, srt and vtt', () => {
  expect(read({ text: 'hello' }).texts).toMatchObject([
    { kind: 'transcript', trust: 'model', text: 'hello', choice: 0 },
  ])
  const srt = '1\n00:00:00,000 --> 00:00:01,000\nhello\n'
  expect(readTranscript({ type: 'text', text: srt }, { status: 200 }).texts).toMatchObject([
    { kind: 'transcript', text: srt },
  ])
  expect(readTranscript({ type: 'text', text: 'no' }, { status: 500 }).texts).toMatchObject([{ kind: 'error' }])
})

test('segments are texts of their own, joined once more; words only where they differ', () => {
  const words = (...said: string[]) => said.map((word, at) => ({ word, start: at, end: at + 1 }))
  const segments = [
    { id: 0, text: ' Call 555', start: 0, end: 1 },
    { id: 1, text: '-0100, Ada.', start: 1, end: 2 },
  ]
  const text = 'Call 555-0100, Ada.'
  const same = read({ text, segments, words: words('Call', '555', '0100', 'Ada') })
  expect(same.texts.map(({ text: said, group }) => [said, group])).toEqual([
    [text, undefined],
    [' Call 555', '/segments'],
    ['-0100, Ada.', '/segments'],
  ])
  expect(same.copies).toEqual([{ choice: 0, place: { pointer: '/words' } }])
  const other = read({ text, words: words('Call', 'Eve') })
  expect(other.texts.map(({ text: said, kind }) => [said, kind])).toEqual([
    [text, 'transcript'],
    ['Call', 'transcript'],
    ['Eve', 'transcript'],
  ])
})
