import { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'
import { concatBytes } from './bytes.ts'

/** A stretch of bytes and when it came, in `performance.now()` milliseconds. */
export interface Arrival {
  readonly at: number
  readonly bytes: Uint8Array
}

/** The other side ended before what was awaited had come. `reset`: with RST, not FIN. */
export class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded'
  readonly reset: boolean

  constructor(reset: boolean) {
    super(reset ? 'the connection was reset' : 'the connection was closed')
    this.reset = reset
  }
}

/** Reads a socket that flows all the time, so that its end is noticed while nobody reads. */
export class SocketReader {
  #waiting: Arrival[] = []
  #recorded: Uint8Array[] = []
  #ended: ConnectionEnded | undefined
  #wake: (() => void) | undefined

  constructor(socket: Socket) {
    socket.on('data', (bytes: Buffer) => {
      this.#waiting.push({ at: performance.now(), bytes: new Uint8Array(bytes) })
      this.#wake?.()
    })
    const ended = (reset: boolean): void => {
      this.#ended ??= new ConnectionEnded(reset)
      this.#wake?.()
    }
    socket.on('end', () => ended(false))
    socket.on('close', () => ended(false))
    socket.on('error', () => ended(true))
  }

  /** Everything taken since the last call. */
  takeRecorded(): Uint8Array {
    const recorded = concatBytes(this.#recorded)
    this.#recorded = []
    return recorded
  }

  /** From 1 to `most` bytes, as soon as there are any. Rejects with `ConnectionEnded`. */
  async some(most: number = Number.POSITIVE_INFINITY): Promise<Arrival> {
    const first = await this.#next()
    if (first.bytes.length <= most) {
      this.#waiting.shift()
      this.#recorded.push(first.bytes)
      return first
    }
    const taken = { at: first.at, bytes: first.bytes.subarray(0, most) }
    this.#waiting[0] = { at: first.at, bytes: first.bytes.subarray(most) }
    this.#recorded.push(taken.bytes)
    return taken
  }

  /** Up to and with `marker`. Rejects with `ConnectionEnded`; what had come by then is recorded. */
  async through(marker: string): Promise<Uint8Array> {
    let taken: Uint8Array = new Uint8Array()
    while (true) {
      const { at, bytes } = await this.some()
      const joined = concatBytes([taken, bytes])
      const found = Buffer.from(joined.buffer).indexOf(marker, Math.max(0, taken.length - marker.length), 'latin1')
      if (found === -1) {
        taken = joined
        continue
      }
      const end = found + marker.length
      this.#giveBack(at, bytes, joined.length - end)
      return joined.subarray(0, end)
    }
  }

  #giveBack(at: number, bytes: Uint8Array, count: number): void {
    if (count === 0) return
    const kept = bytes.length - count
    this.#recorded[this.#recorded.length - 1] = bytes.subarray(0, kept)
    this.#waiting.unshift({ at, bytes: bytes.subarray(kept) })
  }

  async #next(): Promise<Arrival> {
    while (true) {
      const first = this.#waiting[0]
      if (first !== undefined) return first
      if (this.#ended !== undefined) throw this.#ended
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
