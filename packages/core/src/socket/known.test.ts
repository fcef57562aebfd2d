import { expect, test } from 'bun:test'
import type { ToolCall } from '../protocol/view.ts'
import { Known } from './known.ts'

const call = (callId: string, inputText = '{}'): ToolCall => {
  return { callId, name: 'look', choice: 0, input: {}, inputText }
}

test('a text is known to the letter, and forgotten where there is no room', () => {
  const known = new Known(10)
  known.text('hello')
  known.text('hello')
  expect([known.hasText('hello'), known.hasText('hell')]).toEqual([true, false])
  known.text('world')
  expect(known.hasText('hello')).toBe(true)
  known.text('more')
  expect([known.hasText('hello'), known.hasText('more')]).toEqual([false, true])
  known.text('longer than there is room for')
  expect(known.hasText('longer than there is room for')).toBe(false)
})

test('a call is the same only with the same arguments, and the oldest are forgotten', () => {
  const known = new Known(10)
  known.call(call('a'), 'passed')
  known.call(call('b'), 'denied')
  expect(known.verdictOn(call('a'))).toBe('passed')
  expect(known.verdictOn(call('b'))).toBe('denied')
  expect(known.verdictOn(call('a', '{"x":1}'))).toBeUndefined()
  for (let at = 0; at < 5000; at++) known.call(call(`c${at}`), 'passed')
  expect(known.verdictOn(call('a'))).toBeUndefined()
  expect(known.verdictOn(call('c4999'))).toBe('passed')
})

test('tools past the bound count as not declared', () => {
  const known = new Known(10)
  for (let at = 0; at < 5000; at++) known.declare(`t${at}`)
  expect([known.tools.has('t0'), known.tools.has('t4999')]).toEqual([true, false])
})
