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

/** Tells what became of a text at a place: one that nobody would expect there. */
export type OutcomeOf = (place: Place, text: string) => CensusOutcome

export function outcomes(
  inspected: readonly Inspected[],
  opaque: readonly OpaqueContent[],
  ignores: PatternNode<Ignore>,
): OutcomeOf {
  const byPlace = new Map<string, { readonly from: Inspected; readonly start: number; readonly end: number }[]>()
  for (const from of inspected) {
    for (const [index, { place, start }] of from.sources.entries()) {
      const stretch = { from, start, end: from.sources[index + 1]?.start ?? from.text.length }
      const known = byPlace.get(keyOf(place))
      if (known === undefined) byPlace.set(keyOf(place), [stretch])
      else known.push(stretch)
    }
  }
  return (place, text) => {
    // Of several readings of one place, the one that says most.
    const readings = (byPlace.get(keyOf(place)) ?? []).filter(({ from, start, end }) => {
      return from.text.slice(start, end).includes(text)
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

function keyOf({ part, line, frame, pointer, key }: Place): string {
  return `${part ?? ''}|${line ?? ''}|${frame ?? ''}|${key === true ? 'name' : ''}|${pointer}`
}

function isBelow(place: Place, holder: Place): boolean {
  if (place.part !== holder.part || place.line !== holder.line || place.frame !== holder.frame) return false
  return place.pointer === holder.pointer || place.pointer.startsWith(`${holder.pointer}/`)
}
