import type { ByteSource } from '../protocol/host.ts'

/** A line of a file. Offsets are bytes of the source. */
export interface Line {
  /** From 0; blank lines count. */
  readonly index: number
  readonly start: number
  /** Without its line feed. */
  readonly end: number
  /** Where the next line begins. */
  readonly next: number
  /** Undefined: it is longer than may be. No line comes after it. */
  readonly text: Uint8Array | undefined
}

const readBytes = 262_144

/** The lines between two offsets, blank ones left out. Holds no more than one line and one piece in memory. */
export async function* linesOf(
  source: ByteSource,
  start: number,
  end: number,
  maxBytes: number,
): AsyncGenerator<Line, void> {
  let index = 0
  let lineStart = start
  let held: Uint8Array[] = []
  let heldBytes = 0
  for (let at = start; at < end; at += readBytes) {
    const piece = await source.read(at, Math.min(end, at + readBytes))
    let from = 0
    for (let feed = piece.indexOf(10); feed !== -1; feed = piece.indexOf(10, from)) {
      const lineEnd = at + feed
      if (lineEnd - lineStart > maxBytes)
        return yield { index, start: lineStart, end: lineEnd, next: end, text: undefined }
      const text = heldBytes === 0 ? piece.subarray(from, feed) : joined([...held, piece.subarray(from, feed)])
      if (!isBlank(text)) yield { index, start: lineStart, end: lineEnd, next: lineEnd + 1, text }
      held = []
      heldBytes = 0
      index += 1
      from = feed + 1
      lineStart = lineEnd + 1
    }
    if (from === piece.length) continue
    held.push(piece.subarray(from))
    heldBytes += piece.length - from
    if (heldBytes > maxBytes) return yield { index, start: lineStart, end, next: end, text: undefined }
  }
  if (heldBytes === 0) return
  const text = joined(held)
  if (!isBlank(text)) yield { index, start: lineStart, end, next: end, text }
}

/** How many lines are not blank. */
export async function countLines(source: ByteSource, start: number, end: number): Promise<number> {
  let lines = 0
  let blank = true
  for (let at = start; at < end; at += readBytes) {
    const piece = await source.read(at, Math.min(end, at + readBytes))
    for (let from = 0; from < piece.length; ) {
      const feed = piece.indexOf(10, from)
      const to = feed === -1 ? piece.length : feed
      blank &&= isBlank(piece.subarray(from, to))
      from = to + 1
      if (feed === -1) break
      if (!blank) lines += 1
      blank = true
    }
  }
  return blank ? lines : lines + 1
}

function isBlank(line: Uint8Array): boolean {
  for (const byte of line) if (byte !== 32 && byte !== 9 && byte !== 13) return false
  return true
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
