import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { oddJson } from '../../test/odd-json.ts'
import type { Json } from '../protocol/json.ts'
import { stringLeaves } from './leaves.ts'
import { compilePatterns } from './pattern.ts'
import { pointerOf, valueAt } from './pointer.ts'

function leavesOf(value: Json, ignored: readonly string[] = []): string[] {
  const found: string[] = []
  const ignores = compilePatterns(ignored.map((pointer) => ({ pointer, value: true })))
  const tell = (mark: string) => (text: string, pointer: () => string) => found.push(`${mark} ${pointer()} ${text}`)
  stringLeaves(value, ignores, tell('value'), tell('key'))
  return found
}

function leavesSlowly(value: Json, path: readonly (string | number)[] = []): string[] {
  if (typeof value === 'string') return [`value ${pointerOf(path)} ${value}`]
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap((element, index) => leavesSlowly(element, [...path, index]))
  return Object.entries(value).flatMap(([name, member]) => {
    return [`key ${pointerOf([...path, name])} ${name}`, ...leavesSlowly(member, [...path, name])]
  })
}

describe('stringLeaves', () => {
  test('visits every string and every member name, in order, and points at it', () => {
    fc.assert(
      fc.property(oddJson, (text) => {
        const value: Json = JSON.parse(text)
        expect(leavesOf(value)).toEqual(leavesSlowly(value))
        stringLeaves(value, undefined, (leaf, pointer) => expect(valueAt(value, pointer())).toBe(leaf))
      }),
      { seed: 23, numRuns: 400 },
    )
  })

  test('passes by what is ignored, and only that', () => {
    const value = {
      model: 'm',
      messages: [{ role: 'user', content: 'a' }],
      meta: { deep: ['x', { y: 'z' }] },
      tail: 't',
    }
    expect(leavesOf(value, ['/model', '/messages/*/role', '/meta/**', '/messages'])).toEqual([
      'key /messages/0/content content',
      'value /messages/0/content a',
      'key /tail tail',
      'value /tail t',
    ])
  })

  test('a string between numbers is found at its index', () => {
    const value = [...Array(1000).keys(), 'needle', null, true, 3]
    expect(leavesOf(value)).toEqual(['value /1000 needle'])
  })

  test('a value nested beyond any stack is walked', () => {
    let value: Json = 'core'
    for (let depth = 0; depth < 200_000; depth++) value = [value]
    let seen = 0
    stringLeaves(value, undefined, () => seen++)
    expect(seen).toBe(1)
  })

  test('__proto__ is a member like any other', () => {
    expect(leavesOf(JSON.parse('{"__proto__":"p"}'))).toEqual(['key /__proto__ __proto__', 'value /__proto__ p'])
  })
})
