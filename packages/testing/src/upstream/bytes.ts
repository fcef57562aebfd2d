/** What can be sent: bytes as they are, text as UTF-8. */
export type Sendable = string | Uint8Array

const encoder = new TextEncoder()

export function toBytes(content: Sendable): Uint8Array {
  return typeof content === 'string' ? encoder.encode(content) : content
}

export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
