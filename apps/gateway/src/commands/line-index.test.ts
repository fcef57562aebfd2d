import { expect, test } from 'bun:test'
import { lineIndex } from './line-index.ts'

test('lines and columns are those that counting would give', () => {
  const text = 'ab\n\nc😀d\r\n\ne'
  const at = lineIndex(text)
  for (let offset = 0; offset <= text.length; offset++) {
    const before = text.slice(0, offset).split('\n')
    expect(at(offset)).toEqual({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 })
  }
})
