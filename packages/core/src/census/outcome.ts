import { type PatternNode, stepPattern } from '../json/pattern.ts'
import { tokensOf } from '../json/pointer.ts'
import type { Ignore } from '../protocol/adapter.ts'
import type { CensusOutcome } from '../protocol/census.ts'
import type { Place } from '../protocol/place.ts'
import type { SegmentKind, SegmentTrust, Source } from '../protocol/segment.ts'
import type { OpaqueContent } from '../protocol/view.ts'

/** A text that is inspected: a segment, or a text of a stream's view, which becomes one. */
export interface Inspected {
  readonly kind: SegmentKind
  readonly trust: SegmentTrust
  readonly text: string
  readonly sources: readonly Source[]
}

/** Of an inspected text, what was read at one place. */
interface Stretch {
  readonly from: Inspected
  readonly place: Place
  readonly start: number
  readonly end: number
}

/** Tells what became of a text at a place: one that nobody would expect there. */
export type OutcomeOf = (place: Place, text: string) => CensusOutcome

export function outcomes(
  inspected: readonly Inspected[],
  opaque: readonly OpaqueContent[],
  ignores: PatternNode<Ignore>,
): OutcomeOf {
  const byPointer = new Map<string, Stretch[]>()
  for (const from of inspected) {
    for (const [index, { place, start }] of from.sources.entries()) {
      const stretch = { from, place, start, end: from.sources[index + 1]?.start ?? from.text.length }
      const known = byPointer.get(place.pointer)
      if (known === undefined) byPointer.set(place.pointer, [stretch])
      else known.push(stretch)
    }
  }
  return (place, text) => {
    // Of several readings of one place, the one that says most.
    const readings = (byPointer.get(place.pointer) ?? []).filter((stretch) => {
      return isSame(stretch.place, place) && stretch.from.text.slice(stretch.start, stretch.end).includes(text)
    })
    const reading = readings.find(({ from }) => from.kind !== 'other') ?? readings[0]
    const ignore = ignoreAt(place, ignores)
    // A member's name is passed by where its value is: nothing else becomes of it.
    if (ignore !== undefined && (place.key !== true || reading === undefined))
      return { type: 'ignored', ignore, odd: reading === undefined ? 'passed' : 'inspected' }
    if (reading !== undefined) {
      const { kind, trust } = reading.from
      return { type: kind === 'other' ? 'other' : 'named', kind, trust }
    }
    const declared = opaque.find((content) => isBelow(place, content.place))
    return declared === undefined ? { type: 'missed' } : { type: 'opaque', reason: declared.reason }
  }
}

function ignoreAt({ pointer }: Place, ignores: PatternNode<Ignore>): Ignore | undefined {
  let node: PatternNode<Ignore> | undefined = ignores
  for (const token of tokensOf(pointer)) node = stepPattern(node, token)
  return node?.value
}

function isSame(one: Place, other: Place): boolean {
  return isBeside(one, other) && one.key === other.key && one.pointer === other.pointer
}

function isBeside(one: Place, other: Place): boolean {
  return one.part === other.part && one.line === other.line && one.frame === other.frame
}

function isBelow(place: Place, holder: Place): boolean {
  if (!isBeside(place, holder)) return false
  return place.pointer === holder.pointer || place.pointer.startsWith(`${holder.pointer}/`)
}
