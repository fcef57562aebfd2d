import { expect, test } from 'bun:test'
import type { NamedText, ToolCall } from '../protocol/view.ts'
import { Known } from './known.ts'

const call = (callId: string, inputText = '{}'): ToolCall => {
  return { callId, name: 'look', choice: 0, input: {}, inputText }
}

const said = (text: string, more: Partial<NamedText> = {}): NamedText => {
  return { kind: 'user', trust: 'user', text, sources: [{ place: { pointer: '/text' }, start: 0 }], ...more }
}

test('a text is known to the letter and in its role, and forgotten where there is no room', () => {
  const known = new Known(50)
  known.text(said('hello'))
  known.text(said('hello'))
  expect([known.hasText(said('hello')), known.hasText(said('hell'))]).toEqual([true, false])
  expect(known.hasText(said('hello', { kind: 'assistant' }))).toBe(false)
  expect(known.hasText(said('hello', { tool: { name: 'look' } }))).toBe(false)
  known.text(said('world'))
  expect(known.hasText(said('hello'))).toBe(true)
  known.text(said('some more'))
  expect([known.hasText(said('hello')), known.hasText(said('some more'))]).toEqual([false, true])
  known.text(said('x'.repeat(51)))
  expect(known.hasText(said('x'.repeat(51)))).toBe(false)
})

test('arguments are known as those of one call', () => {
  const known = new Known(1000)
  const of = (callId: string) => said('{}', { kind: 'tool-arguments', tool: { name: 'look', callId } })
  known.text(of('a'))
  expect([known.hasText(of('a')), known.hasText(of('b'))]).toEqual([true, false])
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
