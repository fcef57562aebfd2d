import { describe, expect, test } from 'bun:test'
import type { TextSegment } from '@sluice/core'
import fc from 'fast-check'
import { Automaton } from './automaton.ts'
import { literalGate } from './literal-gate.ts'

const textSegment = (text: string): TextSegment => {
  return {
    id: 'q0',
    direction: 'ingress',
    kind: 'user',
    trust: 'user',
    text,
    sources: [{ place: { pointer: '' }, start: 0 }],
  }
}

/** What one search for each literal finds. */
function naive(literals: readonly string[], text: string): readonly string[] {
  const folded = text.toLowerCase()
  return literals.flatMap((literal, index) => {
    const found: string[] = []
    const sought = literal.toLowerCase()
    for (let at = folded.indexOf(sought); at !== -1; at = folded.indexOf(sought, at + 1)) found.push(`${at}:${index}`)
    return found
  })
}

const word = fc
  .array(fc.constantFrom('a', 'B', 'ab', 'é', 'Ж', '-'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
const text = fc
  .array(fc.constantFrom('a', 'A', 'b', 'AB', 'É', 'é', 'ж', '-', 'x', 'y'.repeat(70)), { maxLength: 60 })
  .map((parts) => parts.join(''))

describe('the automaton', () => {
  test('finds each literal wherever it stands, whatever its case', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 12 }), text, (literals, whole) => {
        const hits = new Automaton(literals).hits(whole, 0, whole.length)
        expect(hits.map(({ at, literal }) => `${at}:${literal}`).sort()).toEqual([...naive(literals, whole)].sort())
      }),
      { seed: 11, numRuns: 2000 },
    )
  })

  test('reads on across the pieces in which long text is encoded', () => {
    const whole = `${'x'.repeat(16_382)}needle${'x'.repeat(16_382)}é needle`
    const hits = new Automaton(['NEEDLE']).hits(whole, 0, whole.length)
    expect(hits.map(({ at }) => at)).toEqual([16_382, 32_772])
  })

  test('says how much at the end may become a literal', () => {
    const automaton = new Automaton(['abcd', 'bcx'])
    expect(['', 'x', 'xa', 'xabc', 'xabcq', 'xbc'].map((read) => automaton.openAt(read, 0))).toEqual([0, 0, 1, 3, 0, 2])
  })
})

describe('the gate', () => {
  const gate = literalGate([
    { text: 'Key', caseless: false },
    { text: 'key', caseless: true },
    { text: 'a key', caseless: true },
  ])
  const all = (whole: string): readonly string[] => {
    const found: string[] = []
    gate.scan(whole, 0, whole.length, (at, key) => found.push(`${at}${key}`))
    return found
  }

  test('holds a literal to its case unless it has none, and reports in order of where they begin', () => {
    expect(all('A Key, a kEy')).toEqual(['0ia key', '2sKey', '2ikey', '7ia key', '9ikey'])
  })

  test('finds in a text that detectors share what it finds alone, also when others have come since', () => {
    const read = (whole: string): readonly string[] => {
      const found: string[] = []
      const segment = textSegment(whole)
      gate.whole(segment, whole, (at, key) => found.push(`${at}${key}`))
      const other = literalGate([{ text: `KEY${whole.length}`, caseless: true }])
      const others: number[] = []
      other.whole(segment, whole, (at) => others.push(at))
      expect(others).toEqual(whole.includes('key12') && whole.length === 12 ? [7] : [])
      gate.whole(segment, whole, (at, key) => found.push(`${at}${key}`))
      return found
    }
    expect(read('A Key, key12')).toEqual([...all('A Key, key12'), ...all('A Key, key12')])
    expect(read('nothing')).toEqual([])
  })
})
