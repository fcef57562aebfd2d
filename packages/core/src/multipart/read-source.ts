import type { ByteSource } from '../protocol/host.ts'
import { boundaryOf } from './boundary.ts'
import { type Finder, finder } from './find.ts'
import { delimiterOf, layoutOf, type MultipartLimits, type MultipartReading } from './layout.ts'

/** Reads a form that is not in memory by the same rules as `readMultipart`: its delimiters are found while it arrives. */
export interface MultipartArrival {
  push(chunk: Uint8Array): void
  /** When all of it is in `source`. */
  read(source: ByteSource): Promise<MultipartReading>
}

/** A form of this content type is about to arrive. */
export function multipartArrival(
  contentType: string,
  limits: MultipartLimits,
): MultipartArrival | Exclude<MultipartReading, { ok: true }> {
  const named = boundaryOf(contentType)
  if (!named.ok) return named
  return new Arrival(named.boundary, limits)
}

class Arrival implements MultipartArrival {
  private readonly boundary: string
  private readonly limits: MultipartLimits
  private readonly finder: Finder
  private readonly delimiters: number[] = []

  constructor(boundary: string, limits: MultipartLimits) {
    this.boundary = boundary
    this.limits = limits
    this.finder = finder(delimiterOf(boundary))
  }

  push(chunk: Uint8Array): void {
    // One more than may be there is enough to refuse it.
    const room = this.limits.maxParts + 2 - this.delimiters.length
    if (room > 0) this.delimiters.push(...this.finder.push(chunk, room))
  }

  async read(source: ByteSource): Promise<MultipartReading> {
    const layout = layoutOf(this.boundary, this.delimiters, source.size, this.limits)
    let step = layout.next()
    while (!step.done) step = layout.next(await source.read(step.value.start, step.value.end))
    return step.value
  }
}
