import { describe, expect, test } from 'bun:test'
import { FileEdits } from './file-edits.ts'

const span = (start: number, end: number, replacement: string) => ({ start, end, replacement })

describe('edits of a file', () => {
  test('are kept as stretches of bytes, from where the text begins', () => {
    const edits = new FileEdits('XX')
    expect(edits.add('é secret', [span(2, 8, 'ü')], 100)).toBe(true)
    expect(edits.spans).toEqual([{ start: 103, end: 109, bytes: new TextEncoder().encode('ü') }])
  })

  test('have no result that holds the boundary or is no Unicode', () => {
    const edits = new FileEdits('XX')
    expect(edits.add('--X needle', [span(3, 10, 'X')], 0)).toBe(false)
    expect(edits.add('a', [span(0, 1, '\ud83d')], 0)).toBe(false)
    expect(edits.spans).toEqual([])
    expect(new FileEdits(undefined).add('--X needle', [span(3, 10, 'X')], 0)).toBe(true)
  })

  test('become one where a window reaches into what the next one reports', () => {
    const edits = new FileEdits(undefined)
    edits.add('0123456789', [span(4, 10, 'a')], 0)
    edits.add('56789abc', [span(2, 7, 'b'), span(7, 8, 'c')], 5)
    expect(edits.spans.map(({ start, end }) => [start, end])).toEqual([
      [4, 12],
      [12, 13],
    ])
  })

  test('are bounded', () => {
    const edits = new FileEdits(undefined)
    for (let at = 0; at < 262_144; at++) edits.cut(2 * at, 2 * at + 1)
    expect(edits.isFull).toBe(false)
    edits.cut(600_000, 600_001)
    expect(edits.isFull).toBe(true)
  })
})
