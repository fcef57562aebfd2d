import { locateAll } from '../json/locate.ts'
import type { Body } from '../protocol/body.ts'
import type { JsonPointer } from '../protocol/json.ts'

/** How the values at these pointers are spelled in a JSON body, read in one pass. What is not there is left out. */
export function spellings(body: Body, pointers: readonly JsonPointer[]): ReadonlyMap<JsonPointer, string> {
  const spelled = new Map<JsonPointer, string>()
  if (body.type !== 'json' || body.text === '' || pointers.length === 0) return spelled
  for (const [index, location] of locateAll(body.text, pointers).entries()) {
    const pointer = pointers[index]
    if (location !== undefined && pointer !== undefined) {
      spelled.set(pointer, body.text.slice(location.start, location.end))
    }
  }
  return spelled
}
