import { concat } from './read-body.ts'

/** A copy of what is relayed, up to a bound. */
export class KeptBytes {
  /** Bytes kept in all, those taken among them. */
  total = 0
  private readonly max: number
  private pieces: Uint8Array[] = []
  private length = 0

  constructor(max: number) {
    this.max = max
  }

  add(chunk: Uint8Array): void {
    const room = this.max - this.total
    if (room <= 0) return
    const piece = chunk.length <= room ? chunk : chunk.subarray(0, room)
    this.pieces.push(piece)
    this.length += piece.length
    this.total += piece.length
  }

  /** What was kept since the last time, in one piece: that is read twice as fast as many. */
  take(): Uint8Array {
    const taken = concat(this.pieces, this.length)
    this.pieces = []
    this.length = 0
    return taken
  }
}
