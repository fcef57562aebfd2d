import type fc from 'fast-check'

/** Something that must hold for every input. A case is plain JSON, so that one that failed can be kept as a file. */
export interface FuzzTarget<Case = unknown> {
  readonly name: string
  /** One sentence: what is held. */
  readonly law: string
  readonly cases: fc.Arbitrary<Case>
  /** Throws where the law does not hold. */
  check(one: Case): void | Promise<void>
}

/** Hides the type of a target's cases: who runs it only hands them back. */
export function fuzzTarget<Case>(target: FuzzTarget<Case>): FuzzTarget {
  // A case comes from `cases`, or from a file that was written from one.
  return target as FuzzTarget<never> as FuzzTarget
}

/** Bytes as text that JSON can hold: each character is a byte. */
export function bytesOf(latin1: string): Uint8Array {
  return Uint8Array.from(latin1, (char) => char.charCodeAt(0))
}

export function latin1Of(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
