import { expect, test } from 'bun:test'
import type { Segment, TextSegment } from '@sluice/core'
import { oncePerText } from './once-per-text.ts'

const bare: Segment = { id: 'q0', direction: 'ingress', kind: 'user', trust: 'user' }
const segment: TextSegment = { ...bare, text: 'abc', sources: [{ place: { pointer: '' }, start: 0 }] }

test('a text of its segment is worked on once, any other each time', () => {
  const worked: string[] = []
  const work = oncePerText((text) => worked.push(text))
  expect([work(segment, 'abc'), work(segment, 'abc')]).toEqual([1, 1])
  expect([work(segment, 'ab'), work(segment, 'ab'), work(bare, 'abc'), work({ ...segment }, 'abc')]).toEqual([
    2, 3, 4, 5,
  ])
  expect([work(segment, 'abc'), worked.length]).toEqual([1, 5])
})
