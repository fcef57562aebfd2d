import { byteSpans } from '../file/byte-spans.ts'
import { applySpans, type Span } from '../json/spans.ts'
import type { ByteSpan } from '../multipart/splice.ts'

/** So many changes of one file are kept in memory. A file that asks for more is not forwarded. */
const maxSpans = 262_144

/** What is changed of a file, piece by piece in its order. */
export class FileEdits {
  readonly spans: ByteSpan[] = []
  private readonly delimiter: string | undefined

  constructor(boundary: string | undefined) {
    this.delimiter = boundary === undefined ? undefined : `--${boundary}`
  }

  /** Changes of a text whose first byte is at `base`. False: there is no legal result. */
  add(text: string, spans: readonly Span[], base: number): boolean {
    if (spans.length === 0) return true
    const edited = applySpans(text, spans)
    // A boundary would cut the form in two where nobody expects it.
    if (!edited.isWellFormed() || (this.delimiter !== undefined && edited.includes(this.delimiter))) return false
    for (const span of byteSpans(text, spans, base)) this.push(span)
    return true
  }

  cut(start: number, end: number): void {
    this.spans.push({ start, end, bytes: nothing })
  }

  /** What a window reports may reach into what the next one reports. */
  private push(span: ByteSpan): void {
    const last = this.spans.at(-1)
    if (last === undefined || span.start >= last.end) this.spans.push(span)
    else this.spans[this.spans.length - 1] = { ...last, end: Math.max(last.end, span.end) }
  }

  get isFull(): boolean {
    return this.spans.length > maxSpans
  }
}

const nothing = new Uint8Array()
