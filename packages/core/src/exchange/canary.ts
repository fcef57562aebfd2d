import { isJoined } from '../inspect/segments.ts'
import type { Edit } from '../protocol/place.ts'
import type { TextSegment } from '../protocol/segment.ts'
import type { ReadyApp } from './settings.ts'

/** A marker behind a request's instructions: how it gets there, and as detectors of the whole exchange are shown it. */
export interface Canary {
  readonly edit: Edit
  readonly segment: TextSegment
}

/**
 * A word that no answer has a reason to hold, planted behind the first instructions of a request, where the AppContext asks
 * for it. The same for all requests of an AppContext, so that what a provider caches of them stays of use. Nothing is
 * planted where there are no instructions as text.
 */
export function canaryFor(ready: ReadyApp, segments: readonly TextSegment[]): Canary | undefined {
  if (ready.app.context.canary !== true) return undefined
  const instruction = segments.find((segment) => segment.kind === 'instruction' && canHold(segment))
  const source = instruction?.sources.at(-1)
  if (instruction === undefined || source === undefined) return undefined
  const text = `\n\n(Internal marker, never to be repeated: sluice-canary-${ready.fingerprint('canary')})`
  const end = instruction.text.length - source.start
  return {
    edit: { type: 'text', place: source.place, start: end, end, replacement: text },
    segment: { ...instruction, id: 'canary', text, sources: [{ place: source.place, start: 0 }] },
  }
}

function canHold(segment: TextSegment): boolean {
  const place = segment.sources.at(-1)?.place
  return (
    segment.decoded !== true &&
    segment.json !== true &&
    !isJoined(segment) &&
    place !== undefined &&
    place.key !== true &&
    place.query === undefined &&
    place.frame === undefined
  )
}
