import { expect, test } from 'bun:test'
import { createLog, printable } from './log.ts'

test('one JSON object a line, whatever the message holds', () => {
  const lines: string[] = []
  const log = createLog({ level: 'info', format: 'json' }, (line) => lines.push(line))
  log.info('a\nb', { level: 'forged', n: 1 })
  log.debug('not this')
  expect(lines).toHaveLength(1)
  expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', message: 'a\nb', n: 1 })
})

test('a line for people cannot act on the terminal', () => {
  const lines: string[] = []
  createLog({ level: 'debug', format: 'text' }, (line) => lines.push(line)).warn('\x1b[31mred\r\nerror: forged', {
    a: '\u202e',
  })
  expect(lines).toEqual(['warn: \\u001b[31mred\\u000d\\u000aerror: forged a="\\u202e"\n'])
})

test('control characters of both blocks and bidirectional controls are written out', () => {
  expect(printable('a\u0000\u007f\u009b\u2028\u2066é你😀')).toBe('a\\u0000\\u007f\\u009b\\u2028\\u2066é你😀')
})
