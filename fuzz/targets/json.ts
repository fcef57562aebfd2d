import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Node, parseTree } from 'jsonc-parser'
import type { JsonPointer } from '../../packages/core/src/index.ts'
import { locate, parseJson, pointerOf, spliceJson, stringLeaves } from '../../packages/core/src/index.ts'
import { oddJson, repeatingJson } from '../../packages/core/test/odd-json.ts'
import { mutated } from '../mutate.ts'
import { fuzzTarget } from '../target.ts'

const maxDepth = 64
const seeds = [
  '{"model":"m","messages":[{"role":"user","content":"a\\u00e9\\ud83d\\ude00 b"}],"n":1.0,"x":12345678901234567890}',
  ' { "a" : [ 1 , "b" , { "c" : "d" } , [ ] ] , "e" : null }\n',
  '{"arguments":"{\\"to\\":\\"bob\\",\\"n\\":[1,\\"x\\"]}"}',
]
const replacement = '[REDACTED]'

export const json = fuzzTarget<{ text: string; at: number; from: number; to: number }>({
  name: 'json',
  law: 'JSON is taken where JSON.parse takes it and no key stands twice; a text edit changes one string and no other byte.',
  cases: fc.record({
    text: fc.oneof(oddJson, repeatingJson, mutated(seeds)),
    at: fc.nat(),
    from: fc.nat(),
    to: fc.nat(),
  }),
  check({ text, at, from, to }) {
    const value = jsonOf(text)
    const parsed = parseJson(text, maxDepth)
    if (!parsed.ok) {
      assert(value === undefined || repeats(parseTree(text)) || isDeep(text), `refused: ${parsed.message}`)
      return
    }
    assert.deepEqual(parsed.value, value?.json)
    assert(!repeats(parseTree(text)), 'a key stands twice and was not seen')
    const leaves: { pointer: JsonPointer; text: string }[] = []
    stringLeaves(parsed.value, undefined, (leaf, pointer) => leaves.push({ pointer: pointer(), text: leaf }))
    const leaf = leaves[at % Math.max(1, leaves.length)]
    if (leaf === undefined) return
    const [start = 0, end = 0] = [from, to].map((one) => one % (leaf.text.length + 1)).sort((a, b) => a - b)
    const edit = { type: 'text', place: { pointer: leaf.pointer }, start, end, replacement } as const
    const spliced = spliceJson(text, [edit])
    // Within a surrogate pair there is no legal result.
    if (spliced === undefined) return
    const after: { pointer: JsonPointer; text: string }[] = []
    const again = parseJson(spliced, maxDepth)
    assert(again.ok, 'what was spliced is no JSON any more')
    stringLeaves(again.value, undefined, (text, pointer) => after.push({ pointer: pointer(), text }))
    const expected = leaves.map((one) =>
      one === leaf ? { ...one, text: leaf.text.slice(0, start) + replacement + leaf.text.slice(end) } : one,
    )
    assert.deepEqual(after, expected)
    const literal = locate(text, leaf.pointer)
    assert(literal !== undefined)
    assert(spliced.startsWith(text.slice(0, literal.start + 1)), 'bytes before the edited string have changed')
    assert(spliced.endsWith(text.slice(literal.end - 1)), 'bytes behind the edited string have changed')
  },
})

function jsonOf(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function repeats(node: Node | undefined): boolean {
  if (node === undefined) return false
  const names = node.type === 'object' ? (node.children ?? []).map((member) => String(member.children?.[0]?.value)) : []
  return new Set(names).size < names.length || (node.children ?? []).some(repeats)
}

function isDeep(text: string): boolean {
  return (text.match(/[[{]/g)?.length ?? 0) > maxDepth
}

/** Also reads what a pointer says: the two directions agree. */
export const pointers = fuzzTarget<readonly (string | number)[]>({
  name: 'pointers',
  law: 'A pointer that is made of tokens names the value below them.',
  cases: fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('~', '/', '~1', '__proto__', '0')), {
    maxLength: 5,
  }),
  check(tokens) {
    let value: unknown = 'leaf'
    for (const token of tokens.toReversed()) value = { [`${token}`]: value, [`${token}/`]: 'beside' }
    const found: string[] = []
    // Built of objects and strings alone.
    stringLeaves(value as never, undefined, (text, pointer) => {
      if (text === 'leaf') found.push(pointer())
    })
    const ownKeys = tokens.every((token) => token !== '__proto__')
    if (ownKeys) assert.deepEqual(found, [pointerOf(tokens.map(String))])
  },
})
