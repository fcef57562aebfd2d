import type { JsonPointer } from '../protocol/json.ts'
import type { Place } from '../protocol/place.ts'

/** The place that a pointer from a place leads to. */
export function placeWithin(place: Place, pointer: JsonPointer): Place {
  // A pointer follows a pointer: together they are one.
  return { ...place, pointer: `${place.pointer}${pointer}` as JsonPointer }
}
