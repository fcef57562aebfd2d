import { foldName } from '../json/fold.ts'
import type { FormPart } from '../protocol/body.ts'
import { boundaryOf } from './boundary.ts'
import { findAll } from './find.ts'
import { delimiterOf, layoutOf, type MultipartLimits, type MultipartReading } from './layout.ts'

export type { Multipart, MultipartLimits, MultipartReading, ReadPart } from './layout.ts'

/**
 * Reads `multipart/form-data` (RFC 7578) so strictly that no other reader could read it differently, or says why not.
 * Messages name parts by their number, from 1, and quote nothing. A file's bytes are never decoded.
 */
export function readMultipart(bytes: Uint8Array, contentType: string, limits: MultipartLimits): MultipartReading {
  const named = boundaryOf(contentType)
  if (!named.ok) return named
  const delimiters = findAll(bytes, delimiterOf(named.boundary), limits.maxParts + 2)
  const layout = layoutOf(named.boundary, delimiters, bytes.length, limits)
  let step = layout.next()
  while (!step.done) step = layout.next(bytes.subarray(step.value.start, step.value.end))
  return step.value
}

/**
 * Names that stand on more than one part, as first spelled. Names that a lenient reader could take for one count as
 * one, and so do `file` and `file[]`.
 */
export function repeatedNames(parts: readonly FormPart[]): string[] {
  const first = new Map<string, string>()
  const repeated = new Set<string>()
  for (const { name } of parts) {
    const folded = foldName(name).replace(/\[\]$/, '')
    const known = first.get(folded)
    if (known === undefined) first.set(folded, name)
    // A list is sent as `name[]` again and again: only beside a plain `name` can it be read two ways.
    else if (known !== name || !name.endsWith('[]')) repeated.add(known)
  }
  return [...repeated]
}
