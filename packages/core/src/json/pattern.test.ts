import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { JsonPointer } from '../protocol/json.ts'
import { compilePatterns, stepIndex, stepPattern } from './pattern.ts'
import { pointerOf, tokensOf } from './pointer.ts'

function lookUp(patterns: readonly string[], pointer: JsonPointer): string | undefined {
  const root = compilePatterns(patterns.map((pattern) => ({ pointer: pattern, value: pattern })))
  let node: typeof root | undefined = root
  for (const token of tokensOf(pointer)) node = stepPattern(node, token)
  return node?.value
}

/** The same, one pattern at a time: the best by token is the one whose ranks come first in order. */
function lookUpSlowly(patterns: readonly string[], pointer: JsonPointer): string | undefined {
  const tokens = tokensOf(pointer)
  const ranked = [...new Set(patterns)].flatMap((pattern) => {
    const wanted = pattern.split('/').slice(1)
    const open = wanted.at(-1) === '**'
    const fixed = open ? wanted.slice(0, -1) : wanted
    if (open ? tokens.length < fixed.length : tokens.length !== fixed.length) return []
    if (!fixed.every((token, index) => token === '*' || token === tokens[index])) return []
    const ranks = fixed.map((token) => (token === '*' ? 'b' : 'a')).join('')
    // Where a pattern ends, it stands before `**`, which begins with rank c.
    return [{ pattern, ranks: open ? `${ranks}c` : ranks }]
  })
  return ranked.sort((a, b) => (a.ranks < b.ranks ? -1 : 1))[0]?.pattern
}

describe('compilePatterns', () => {
  test('exact beats *, which beats **, and a dead end falls back to the others', () => {
    const patterns = ['/a/b/y', '/a/*/x', '/**', '/a/b/**']
    expect(lookUp(patterns, '/a/b/y')).toBe('/a/b/y')
    expect(lookUp(patterns, '/a/b/x')).toBe('/a/b/**')
    expect(lookUp(patterns, '/a/c/x')).toBe('/a/*/x')
    expect(lookUp(patterns, '/a/c')).toBe('/**')
    expect(lookUp(patterns, '')).toBe('/**')
    expect(lookUp(['/a/b/y', '/a/*/x'], '/a/b/x')).toBe('/a/*/x')
    expect(lookUp(['/a/b/y', '/a/*/x'], '/a/b')).toBeUndefined()
  })

  test('finds what trying every pattern would find', () => {
    const token = fc.constantFrom('a', 'b', '*', '__proto__')
    const pattern = fc
      .tuple(fc.array(token, { maxLength: 4 }), fc.boolean())
      .map(([tokens, open]): string => pointerOf(open ? [...tokens, '**'] : tokens))
    const pointer = fc.array(fc.constantFrom('a', 'b', 'c', '__proto__'), { maxLength: 5 }).map(pointerOf)
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 6 }), pointer, (patterns, at) => {
        expect(lookUp(patterns, at)).toBe(lookUpSlowly(patterns, at))
      }),
      { seed: 22, numRuns: 2000 },
    )
  })

  test('members of Object.prototype match only where a pattern names them', () => {
    expect(lookUp(['/a'], '/constructor')).toBeUndefined()
    expect(lookUp(['/__proto__'], '/__proto__')).toBe('/__proto__')
  })

  test('an index is stepped by number as by token', () => {
    const root = compilePatterns([
      { pointer: '/1', value: 'one' },
      { pointer: '/*', value: 'any' },
    ])
    expect([stepIndex(root, 0)?.value, stepIndex(root, 1)?.value]).toEqual(['any', 'one'])
  })

  test('a pattern that can mean nothing is an error of its author', () => {
    expect(() => compilePatterns([{ pointer: '/a/**/b', value: 1 }])).toThrow('** must be the last token')
    expect(() => compilePatterns([{ pointer: 'a', value: 1 }])).toThrow('does not begin with /')
  })
})
