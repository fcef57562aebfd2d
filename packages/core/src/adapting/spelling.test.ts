import { expect, test } from 'bun:test'
import { spellings } from './spelling.ts'

test('values are told as they are spelled', () => {
  const text = '{"a": {"n": 12345678901234567890 ,"s": "\\u0041"}, "b": [1.0]}'
  const body = { type: 'json', text, value: JSON.parse(text) } as const
  expect([...spellings(body, ['/a', '/b/0', '/c'])]).toEqual([
    ['/a', '{"n": 12345678901234567890 ,"s": "\\u0041"}'],
    ['/b/0', '1.0'],
  ])
  expect(spellings({ type: 'none' }, ['/a']).size).toBe(0)
})
