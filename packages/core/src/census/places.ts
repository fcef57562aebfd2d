import { escapeToken } from '../json/pointer.ts'
import { isJsonArray, isJsonObject } from '../json/type.ts'
import type { CensusPlace } from '../protocol/census.ts'
import type { Json, JsonPointer } from '../protocol/json.ts'

/** A text that was put into a sample. */
export interface Fill extends Pick<CensusPlace, 'pointer' | 'holds'> {
  /** Where it stands: names above it may have been put in too. */
  readonly at: JsonPointer
  readonly text: string
}

export interface FilledSample {
  readonly value: Json
  readonly fills: readonly Fill[]
}

const noOdd: ReadonlySet<JsonPointer> = new Set()

/**
 * Puts a text of its own wherever a sample says that any text, or any name, may stand. Words stay what they are, save
 * those at `odd`. Numbers the texts from `first`. Recursive: a sample is the adapter's, not a client's.
 */
export function fillSample(sample: Json, first = 0, odd: ReadonlySet<JsonPointer> = noOdd): FilledSample {
  const fills: Fill[] = []
  // With spaces and signs, or it would pass for an id. None holds another.
  const next = (what: string): string => `${what} <${first + fills.length}> of the census`
  const fill = (value: Json, pointer: JsonPointer, at: JsonPointer): Json => {
    if (typeof value === 'string') {
      const holds = value === '' ? 'text' : 'word'
      const text = holds === 'text' || odd.has(pointer) ? next('needle') : value
      fills.push({ pointer, at, holds, text })
      return text
    }
    if (isJsonArray(value)) return value.map((element, index) => fill(element, `${pointer}/${index}`, `${at}/${index}`))
    if (!isJsonObject(value)) return value
    const members: [string, Json][] = []
    for (const [given, member] of Object.entries(value)) {
      const name = given === '' ? next('name') : given
      const place: JsonPointer = `${pointer}/${escapeToken(given)}`
      const here: JsonPointer = `${at}/${escapeToken(name)}`
      if (given === '') fills.push({ pointer: place, at: here, holds: 'name', text: name })
      members.push([name, fill(member, place, here)])
    }
    return Object.fromEntries(members)
  }
  return { value: fill(sample, '', ''), fills }
}

/** Places of words, in rounds: of each object or list one word a round, so that no word is judged beside an odd one. */
export function rounds(words: readonly JsonPointer[]): readonly ReadonlySet<JsonPointer>[] {
  const taken = new Map<string, number>()
  const sets: Set<JsonPointer>[] = []
  for (const pointer of words) {
    const holder = pointer.slice(0, pointer.lastIndexOf('/'))
    const round = taken.get(holder) ?? 0
    taken.set(holder, round + 1)
    const set = sets[round]
    if (set === undefined) sets[round] = new Set([pointer])
    else set.add(pointer)
  }
  return sets
}
