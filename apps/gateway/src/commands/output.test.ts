import { expect, test } from 'bun:test'
import { SluiceError } from '@sluice/core'
import { ConfigError } from '../config/problem.ts'
import { errorText, jsonLine, table } from './output.ts'

test('JSON lines read as the same value and hold no control character', () => {
  const value = { a: '\u009b31m\u2028\u202e\u0000\n', 'b\u0085': [1, null] }
  const line = jsonLine(value)
  expect(JSON.parse(line)).toEqual(value)
  expect(line.trimEnd()).toMatch(/^[ -~]+$/)
})

test('an error says its code, and what it quotes cannot act on the terminal', () => {
  expect(errorText(new SluiceError('SLUICE_USAGE', 'no \x1b[31m'))).toBe('error: no \\u001b[31m (SLUICE_USAGE)')
  expect(errorText(new SluiceError('SLUICE_USAGE', 'no\nerror: x'))).toBe('error: no\\u000aerror: x (SLUICE_USAGE)')
  expect(errorText('x')).toBe('error: x')
})

test('a configuration has a line for each of its problems, and for nothing else', () => {
  const code = 'SLUICE_CONFIG_INVALID'
  const problems = ['a', 'b\nerror: x'].map((message) => ({ code, path: ['apps', 0], message }) as const)
  const error = new ConfigError(problems, { name: 'sluice.yaml', line: () => undefined })
  expect(errorText(error)).toBe(
    [
      'error: the configuration has 2 problems:',
      '  sluice.yaml: apps[0]: a',
      '  sluice.yaml: apps[0]: b\\u000aerror: x',
      `(${code})`,
    ].join('\n'),
  )
})

test('columns are as wide as their widest cell, and a row is one line', () => {
  expect(table([['a\nb', 'c']])).toBe('a\\u000ab  c\n')
  expect(
    table([
      ['A', 'BB', ''],
      ['aaa', 'b', 'c'],
    ]),
  ).toBe('A    BB\naaa  b   c\n')
})
