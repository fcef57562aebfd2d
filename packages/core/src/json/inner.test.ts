import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { oddJson } from '../../test/odd-json.ts'
import type { Json } from '../protocol/json.ts'
import { leavesTouched } from './inner.ts'
import { stringLeaves } from './leaves.ts'
import { locate } from './locate.ts'

describe('leavesTouched', () => {
  test('finds the leaf that a raw span was made from, and no structure', () => {
    fc.assert(
      fc.property(oddJson, (text) => {
        const value: Json = JSON.parse(text)
        stringLeaves(value, undefined, (leaf, pointer) => {
          if (leaf === '') return
          const at = pointer()
          const location = locate(text, at)
          if (location === undefined) throw new Error('not there')
          expect(leavesTouched(text, location.start + 1, location.end - 1)).toEqual({
            leaves: [{ pointer: at, type: 'string', start: 0, end: leaf.length, length: leaf.length }],
            structure: false,
          })
        })
      }),
      { seed: 51, numRuns: 300 },
    )
  })

  test('tells what a stretch across structure touches', () => {
    const text = '{"a":"one","n":42,"b":["two",true]}'
    const touched = leavesTouched(text, text.indexOf('ne"'), text.indexOf('wo"') + 1)
    expect(touched).toEqual({
      structure: true,
      leaves: [
        { pointer: '/a', type: 'string', start: 1, end: 3, length: 3 },
        { pointer: '/n', type: 'key', start: 0, end: 1, length: 1 },
        { pointer: '/n', type: 'number', start: 0, end: 2, length: 2 },
        { pointer: '/b', type: 'key', start: 0, end: 1, length: 1 },
        { pointer: '/b/0', type: 'string', start: 0, end: 2, length: 3 },
      ],
    })
    expect(leavesTouched(text, text.indexOf('true'), text.indexOf('true') + 2)?.leaves).toEqual([
      { pointer: '/b/1', type: 'literal', start: 0, end: 4, length: 4 },
    ])
  })

  test('takes escapes and surrogate pairs whole', () => {
    const text = '"a\\u00e9\\ud83d\\ude00b"'
    const units = (start: number, end: number): unknown => {
      const leaf = leavesTouched(text, start, end)?.leaves[0]
      return [leaf?.start, leaf?.end]
    }
    expect(units(4, 5)).toEqual([1, 2])
    expect(units(9, 10)).toEqual([2, 4])
    expect(units(15, 20)).toEqual([2, 4])
    expect(units(1, 2)).toEqual([0, 1])
  })

  test('a quote alone is structure and touches the string it bounds, without a character of it', () => {
    expect(leavesTouched('"ab"', 0, 1)).toEqual({
      structure: true,
      leaves: [{ pointer: '', type: 'string', start: 0, end: 0, length: 2 }],
    })
  })

  test('what is no JSON has no leaves', () => {
    expect(leavesTouched('{"a":', 0, 1)).toBeUndefined()
  })
})
