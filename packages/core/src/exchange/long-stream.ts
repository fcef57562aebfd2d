import type { Body } from '../protocol/body.ts'
import type { Detection } from '../protocol/finding.ts'
import type { TextSegment } from '../protocol/segment.ts'
import type { Made } from '../protocol/view.ts'
import type { StreamReader, StreamReading } from '../stream/read.ts'
import type { Exchange } from './exchange.ts'
import { inspectBody, placeBody } from './inspect-body.ts'
import { judged } from './judged.ts'
import { concat } from './read-body.ts'

/** A stream is looked at again when it is so many times as old as at the last look. */
const growth = 1.5

/** What a stream said. `unframed`: all of its bytes, where no event was in them. */
export interface ReadStream {
  readonly reading: StreamReading
  readonly unframed: Uint8Array | undefined
}

/**
 * Looks at an observed stream that goes on: one that never ends would have no consequences else. Its bytes are read once,
 * as they come. Its text is inspected anew at each look; the looks are ever further apart, so that a stream that speaks
 * steadily costs three times what it would cost at its end, however long it is. What is found acts where it stood
 * at the look before already: what was just said may be the beginning of something else.
 */
export class LongStream {
  private readonly exchange: Exchange
  private readonly reader: () => StreamReader
  private readonly newBytes: () => Uint8Array
  private readonly beganAt: number
  private nextAt: number
  private used: StreamReader | undefined
  private stood: ReadonlyMap<string, number> | undefined
  private looking: Promise<void> | undefined
  private hasFailed = false
  private hasEnded = false
  private madeBefore = 0
  /** All that came, as long as no event was in it. */
  private readonly unframed: Uint8Array[] = []
  private isFramed = false

  /** `newBytes`: what came since it was last asked. */
  constructor(exchange: Exchange, reader: () => StreamReader, newBytes: () => Uint8Array) {
    const { host, longStreamMs } = exchange.runtime
    this.exchange = exchange
    this.reader = reader
    this.newBytes = newBytes
    this.beganAt = host.clock()
    this.nextAt = this.beganAt + longStreamMs
  }

  /** Looks, where it is time. */
  tick(): void {
    const now = this.exchange.runtime.host.clock()
    if (now < this.nextAt || this.looking !== undefined || this.hasFailed) return
    this.nextAt = this.beganAt + (now - this.beganAt) * growth
    this.looking = this.look()
      .catch(() => {
        // Who reads it to its end will say so.
        this.hasFailed = true
      })
      .finally(() => {
        this.looking = undefined
      })
  }

  /** What the stream has made since it was last asked: its client knows it already, and may use it. */
  made(): readonly Made[] {
    if (this.hasFailed || this.hasEnded) return []
    try {
      this.used ??= this.reader()
      this.read(this.used)
    } catch {
      // Who reads it to its end will say so.
      this.hasFailed = true
      return []
    }
    const made = this.used.soFar().made.slice(this.madeBefore)
    this.madeBefore += made.length
    return made
  }

  /** What was read so far, and the rest; undefined where nothing was looked at. Throws what reading threw. */
  async end(): Promise<ReadStream | undefined> {
    await this.looking
    this.hasEnded = true
    if (this.hasFailed) throw new Error('a look at the stream failed')
    if (this.used === undefined) return undefined
    this.read(this.used)
    const reading = this.used.end()
    const length = this.unframed.reduce((sum, piece) => sum + piece.length, 0)
    return { reading, unframed: reading.frames === 0 ? concat(this.unframed, length) : undefined }
  }

  private read(reader: StreamReader): void {
    const bytes = this.newBytes()
    if (bytes.length === 0) return
    reader.push(bytes)
    if (this.isFramed) return
    this.isFramed = reader.soFar().frames > 0
    if (this.isFramed) this.unframed.length = 0
    else this.unframed.push(bytes)
  }

  private async look(): Promise<void> {
    const { exchange, stood } = this
    this.used ??= this.reader()
    this.read(this.used)
    const { view } = this.used.snapshot()
    const looker = exchange.provisional()
    // Arguments of calls are not whole yet: they are inspected as text, and judged as calls at the end.
    const texts = { ...view, toolCalls: [] }
    const body: Body = { type: 'none' }
    const { segments } = placeBody(looker.draft, 'egress', { body, view: texts, declared: looker.route.response })
    this.stood = new Map(segments.map((segment) => [placeOf(segment), segment.text.length]))
    if (stood === undefined) return
    const { detections } = await inspectBody(looker, 'egress', segments, texts)
    // Nobody waits for it any more: it is judged as a whole.
    if (exchange.life.signal.aborted) return
    const standing = standingOf(detections, segments, stood)
    await exchange.layOn(judged(looker, 'EGRESS', standing, [], segments), standing)
  }
}

function standingOf(
  detections: readonly Detection[],
  segments: readonly TextSegment[],
  stood: ReadonlyMap<string, number>,
): readonly Detection[] {
  if (detections.length === 0) return detections
  const lengths = new Map(segments.map((segment) => [segment.id, stood.get(placeOf(segment)) ?? 0]))
  return detections.filter(({ segment, end }) => end <= (lengths.get(segment) ?? 0))
}

/** Blocks are ordered anew when others come between them: a segment is told by where it began. */
function placeOf({ kind, sources }: TextSegment): string {
  return `${kind} ${JSON.stringify(sources[0]?.place)}`
}
