import { leavesTouched } from '../json/inner.ts'
import type { Finding } from '../protocol/finding.ts'
import type { Place } from '../protocol/place.ts'
import type { TextSegment } from '../protocol/segment.ts'
import { placeWithin } from './place-within.ts'
import { sourceAt } from './source-at.ts'

/** Where what was found stands: the source that it begins in; of a value that is spelled out, the leaf in it. */
export function placeOf({ sources, json, text }: TextSegment, { start, end }: Finding): Place {
  const place = sources[sourceAt(sources, start)]?.place ?? { pointer: '' }
  if (json !== true) return place
  const [leaf] = leavesTouched(text, start, end)?.leaves ?? []
  if (leaf === undefined) return place
  const within = placeWithin(place, leaf.pointer)
  return leaf.type === 'key' ? { ...within, key: true } : within
}
