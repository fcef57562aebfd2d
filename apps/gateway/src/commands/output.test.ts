import { expect, test } from 'bun:test'
import { SluiceError } from '@sluice/core'
import { errorText, jsonLine, table } from './output.ts'

test('JSON lines read as the same value and hold no control character', () => {
  const value = { a: '\u009b31m\u2028\u202e\u0000\n', 'b\u0085': [1, null] }
  const line = jsonLine(value)
  expect(JSON.parse(line)).toEqual(value)
  expect(line.trimEnd()).toMatch(/^[ -~]+$/)
})

test('an error says its code, and what it quotes cannot act on the terminal', () => {
  expect(errorText(new SluiceError('SLUICE_USAGE', 'no \x1b[31m'))).toBe('error: no \\u001b[31m (SLUICE_USAGE)')
  expect(errorText(new SluiceError('SLUICE_CONFIG_INVALID', 'two:\n  a\n  b'))).toBe(
    'error: two:\n  a\n  b\n(SLUICE_CONFIG_INVALID)',
  )
  expect(errorText('x')).toBe('error: x')
})

test('columns are as wide as their widest cell', () => {
  expect(
    table([
      ['A', 'BB', ''],
      ['aaa', 'b', 'c'],
    ]),
  ).toBe('A    BB\naaa  b   c\n')
})
