import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { type Node, parseTree } from 'jsonc-parser'
import { oddJson, repeatingJson } from '../../test/odd-json.ts'
import { parseJson } from './parse.ts'

const message = (text: string, depth = 512): string | undefined => {
  const parsed = parseJson(text, depth)
  return parsed.ok ? undefined : parsed.message
}

// jsonc-parser keeps both members of a name in its tree, so it can tell independently where one stands twice.
function repeats(node: Node): boolean {
  if (node.type === 'object') {
    const names = (node.children ?? []).map((member) => member.children?.[0]?.value)
    if (new Set(names).size < names.length) return true
  }
  return (node.children ?? []).some(repeats)
}

describe('parseJson', () => {
  test('agrees with JSON.parse on any JSON without repeated names', () => {
    fc.assert(
      fc.property(oddJson, (text) => {
        expect(parseJson(text, 512)).toEqual({ ok: true, value: JSON.parse(text) })
      }),
      { seed: 11, numRuns: 500 },
    )
  })

  test('a JSON with a key twice is refused, and no other', () => {
    let refused = 0
    fc.assert(
      fc.property(repeatingJson, (text) => {
        const tree = parseTree(text)
        if (tree === undefined) throw new Error('jsonc-parser did not read the text')
        const parsed = parseJson(text, 512)
        expect(parsed.ok).toBe(!repeats(tree))
        if (!parsed.ok) {
          refused++
          expect(parsed.message).toMatch(/^JSON has the key ".*" twice in one object, the second time at line \d+/)
        }
      }),
      { seed: 12, numRuns: 1500 },
    )
    expect(refused).toBeGreaterThan(20)
  })

  test('a key spelled in two ways stands twice', () => {
    expect(message('{"model":"a",\n "m\\u006fdel":"b"}')).toBe(
      'JSON has the key "model" twice in one object, the second time at line 2, column 2',
    )
    expect(message('[{"a":{"__proto__":1,"\\u005f_proto__":2}}]')).toContain('"__proto__" twice')
    expect(message('{"a":{"b":1},"c":{"b":1}}')).toBeUndefined()
    expect(message('{"a":"\\"b\\":1, \\"b\\":2"}')).toBeUndefined()
  })

  test('of a repeated key no more than 40 characters are told, and none that does harm', () => {
    const key = `\u001b[31m\u202e${'k'.repeat(100)}`
    const told = message(`{${JSON.stringify(key)}:1,${JSON.stringify(key)}:2}`)
    expect(told).toMatch(/^[\x20-\x7e…]*$/)
    expect(told).not.toContain('k'.repeat(41))
  })

  test('depth over the limit is refused before anything is parsed', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    expect(message(nested(512))).toBeUndefined()
    expect(message(nested(513))).toBe('JSON is nested deeper than 512 levels')
    expect(message(`{"a":${nested(4)}}`, 4)).toBe('JSON is nested deeper than 4 levels')
    expect(message(`{"a":${nested(3)}}`, 4)).toBeUndefined()
    expect(message(nested(5_000_000))).toContain('deeper than 512')
  })

  test('brackets within strings, and many side by side, are no depth', () => {
    expect(message(JSON.stringify('['.repeat(5000)))).toBeUndefined()
    expect(message(`[${Array(5000).fill('[]').join()}]`)).toBeUndefined()
  })

  test.each([
    ['', 'JSON is empty'],
    [' \n', 'JSON is empty'],
    ['\ufeff{}', 'JSON begins with a byte order mark (line 1, column 1). Send it without.'],
    ['{"a":1', "JSON is not valid: expected ',' or '}' at line 1, column 7 (the end)"],
    ['{"a":\nsecret}', 'JSON is not valid: expected a value at line 2, column 1'],
    ['[1,]', 'JSON is not valid: expected a value at line 1, column 4. JSON has no comma before an end.'],
    ['[1 // x\n]', "JSON is not valid: expected ',' or ']' at line 1, column 4. JSON has no comments."],
    ["['a']", 'JSON is not valid: expected a value at line 1, column 2. JSON takes double quotes only.'],
    [
      '[-Infinity]',
      'JSON is not valid: expected a value at line 1, column 2. JSON knows no such word: send null, true, false, or a string.',
    ],
    ['[01]', "JSON is not valid: expected ',' or ']' at line 1, column 3"],
    ['{a:1}', 'JSON is not valid: expected a member name in double quotes at line 1, column 2'],
    ['{"a" 1}', "JSON is not valid: expected ':' at line 1, column 6"],
    ['"a\nb"', 'JSON is not valid: expected control characters to be escaped at line 1, column 3'],
    ['"\\x"', 'JSON is not valid: expected a JSON escape at line 1, column 2'],
    [
      '"abc',
      'JSON is not valid: expected the end of the string that begins at line 1, column 1 at line 1, column 5 (the end)',
    ],
    ['{} {}', 'JSON is not valid: expected the end at line 1, column 4'],
  ])('%j is refused with its place', (text, expected) => {
    expect(message(text)).toBe(expected)
  })

  test('what JSON.parse refuses is refused with a place, however the text was damaged', () => {
    fc.assert(
      fc.property(oddJson, fc.nat(), fc.constantFrom('', '"', '\\', '}', 'x', '\u0001', ','), (text, at, damage) => {
        const cut = at % (text.length + 1)
        const broken = text.slice(0, cut) + damage + text.slice(cut + 1)
        let valid = true
        try {
          JSON.parse(broken)
        } catch {
          valid = false
        }
        if (!valid)
          expect(message(broken)).toMatch(
            /^JSON (?:is empty|begins with|is not valid: expected .* at line \d+, column)/,
          )
      }),
      { seed: 13, numRuns: 1500 },
    )
  })

  test('half a surrogate pair in a string stays', () => {
    expect(parseJson('"\\ud83d"', 1)).toEqual({ ok: true, value: '\ud83d' })
    expect(parseJson('{"\\ud83d\\ude00":"\\ude00"}', 1)).toEqual({ ok: true, value: { '😀': '\ude00' } })
  })

  test('half a surrogate pair in a name, which some readers replace, is refused with its place', () => {
    expect(message('{"a":1,\n"b\\uD83D":1,"b\\ud83c":2}')).toBe(
      'JSON has a name with half a surrogate pair at line 2, column 1',
    )
    expect(message('[{"x":[{"\\uDE00":"\\ud83d"}]}]')).toContain('at line 1, column 9')
  })
})
