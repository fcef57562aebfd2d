import { expect, test } from 'bun:test'
import type { TextSegment } from '../protocol/segment.ts'
import { placeOf } from './place-of.ts'

const value: TextSegment = {
  id: 's0',
  direction: 'egress',
  kind: 'tool-arguments',
  trust: 'model',
  text: '{"a/b": ["x", "\\u006eeedle"], "needle": 17}',
  sources: [{ place: { pointer: '/content/0/input' }, start: 0 }],
  json: true,
}
const found = (text: string) => {
  const start = value.text.indexOf(text)
  return { type: 'IP_WORD', confidence: 1, start, end: start + text.length }
}

test('in a value that is spelled out, the leaf or the name is told', () => {
  expect(placeOf(value, found('eedle')).pointer).toBe('/content/0/input/a~1b/1')
  expect(placeOf(value, found('"needle"'))).toEqual({ pointer: '/content/0/input/needle', key: true })
  expect(placeOf(value, found('17')).pointer).toBe('/content/0/input/needle')
  expect(placeOf(value, found(': ')).pointer).toBe('/content/0/input')
})

test('elsewhere it is the source', () => {
  const { json: _, ...text } = value
  expect(placeOf(text, found('eedle'))).toEqual({ pointer: '/content/0/input' })
})
