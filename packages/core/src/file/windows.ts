import type { ByteSource } from '../protocol/host.ts'

/** A stretch of a text file that is read at once. It overlaps with its neighbours. */
export interface TextWindow {
  readonly index: number
  /** Byte offset of its first character. */
  readonly start: number
  readonly text: string
  /** What begins in `text` from here to there is this window's to report: its neighbours see the same, but less of it. */
  readonly ownFrom: number
  readonly ownTo: number
}

export interface WindowSizes {
  readonly bytes: number
  /** What neighbours have in common. What is no longer than half of it is found as in the whole text. */
  readonly overlap: number
}

export const windowSizes: WindowSizes = { bytes: 1_048_576, overlap: 131_072 }

/** The windows of a text known to be UTF-8, from byte `start` to `end`. */
export async function* windowsOf(
  source: ByteSource,
  start: number,
  end: number,
  { bytes, overlap }: WindowSizes = windowSizes,
): AsyncGenerator<TextWindow, void> {
  const half = overlap / 2
  for (let index = 0, at = start; ; index++) {
    const piece = await source.read(at, Math.min(end, at + bytes))
    const isLast = at + piece.length >= end
    const whole = isLast ? piece.length : charStart(piece, piece.length)
    const text = decode(piece, 0, whole)
    const ownFrom = index === 0 ? 0 : decode(piece, 0, charStart(piece, half)).length
    const next = charStart(piece, whole - overlap)
    // The same byte at which the next window's own part begins.
    const handOver = next + charStart(piece.subarray(next), half)
    const ownTo = isLast ? text.length : text.length - decode(piece, handOver, whole).length
    yield { index, start: at, text, ownFrom, ownTo }
    if (isLast) return
    at += next
  }
}

/** The last offset at or before `at` at which a character begins; a text of continuation bytes has none. */
function charStart(bytes: Uint8Array, at: number): number {
  let start = Math.min(at, bytes.length)
  if (start === bytes.length) {
    // Whether the last character is whole is told from its first byte.
    let first = start - 1
    while (first > 0 && ((bytes[first] ?? 0) & 0xc0) === 0x80) first--
    const lead = bytes[first] ?? 0
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    return first + length <= start ? start : first
  }
  while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--
  return start
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  // Known to be UTF-8; a byte order mark stays, so that offsets do.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to))
}
