import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
// jsonc-parser is the differential partner: a well-kept parser that keeps offsets. It is too slow for the hot path.
import { type Node, parseTree } from 'jsonc-parser'
import { oddJson } from '../../test/odd-json.ts'
import type { JsonPointer } from '../protocol/json.ts'
import { type JsonLocation, locate, locateAll } from './locate.ts'
import { pointerOf } from './pointer.ts'

function places(root: Node): { pointer: JsonPointer; location: JsonLocation }[] {
  const found: { pointer: JsonPointer; location: JsonLocation }[] = []
  const end = (node: Node): number => node.offset + node.length
  const walk = (node: Node, path: readonly (string | number)[], at: Partial<JsonLocation>): void => {
    const none = { keyStart: undefined, keyEnd: undefined, previousEnd: undefined, nextStart: undefined }
    const location = { index: 0, ...none, ...at, start: node.offset, end: end(node) }
    found.push({ pointer: pointerOf(path), location })
    const children = node.children ?? []
    for (const [index, child] of children.entries()) {
      const before = children[index - 1]
      const beside = { index, previousEnd: before && end(before), nextStart: children[index + 1]?.offset }
      if (node.type === 'array') walk(child, [...path, index], beside)
      const [key, value] = child.children ?? []
      if (node.type === 'object' && key && value) {
        walk(value, [...path, String(key.value)], { ...beside, keyStart: key.offset, keyEnd: end(key) })
      }
    }
  }
  walk(root, [], {})
  return found
}

describe('locate', () => {
  test('finds every place where jsonc-parser finds it, one by one and all at once', () => {
    fc.assert(
      fc.property(oddJson, (text) => {
        const tree = parseTree(text)
        if (tree === undefined) throw new Error('jsonc-parser did not read the text')
        const expected = places(tree)
        for (const { pointer, location } of expected) expect(locate(text, pointer)).toEqual(location)
        const pointers = expected.map(({ pointer }) => pointer).reverse()
        expect(locateAll(text, pointers)).toEqual(expected.map(({ location }) => location).reverse())
      }),
      { seed: 31, numRuns: 500 },
    )
  })

  test('answers undefined for what is not there, beside what is', () => {
    const text = '{"a":[1,{"b":"x"}],"\\u0063":2}'
    expect(locateAll(text, ['/a/2', '/a/1/b', '/a/b', '/c', '/a/01', '/d', '/a/0/0']).map((at) => at?.start)).toEqual([
      undefined,
      13,
      undefined,
      28,
      undefined,
      undefined,
      undefined,
    ])
  })

  test('finds names that hold quotes, backslashes and slashes', () => {
    const text = '{"a\\\\":1,"\\"":2,"x/~":3,"\\\\u0061":4,"":5}'
    const at = (pointer: JsonPointer): string | undefined => text[locate(text, pointer)?.start ?? -1]
    expect([at('/a\\'), at('/"'), at('/x~1~0'), at('/\\u0061'), at('/')]).toEqual(['1', '2', '3', '4', '5'])
  })

  test('a text cut short ends the search', () => {
    const text = '{"a":{"b":["c\\"d",{"e":1}]},"f":"g"}'
    for (let length = 0; length < text.length; length++) {
      expect(() => locateAll(text.slice(0, length), ['/f', '/a/b/1/e'])).not.toThrow()
    }
  })
})
