/** What streams are made of: wire bytes, or the text a detector is pushed. */
export type Splittable = string | Uint8Array

/** Pieces of a text are texts, pieces of bytes are bytes. */
export type PieceOf<Whole extends Splittable> = Whole extends string ? string : Uint8Array

/**
 * The pieces between ascending positions, 0 to the length; a position twice makes an empty piece. Positions count bytes,
 * or UTF-16 units of a text, so a cut may fall inside a character. Throws `RangeError` on any other position.
 */
export function splitAt<Whole extends Splittable>(whole: Whole, positions: Iterable<number>): PieceOf<Whole>[] {
  const pieces: PieceOf<Whole>[] = []
  let from = 0
  for (const to of positions) {
    if (!Number.isInteger(to) || to < from || to > whole.length) {
      throw new RangeError(`${to} is no position between ${from} and ${whole.length}`)
    }
    pieces.push(piece(whole, from, to))
    from = to
  }
  pieces.push(piece(whole, from, whole.length))
  return pieces
}

function piece<Whole extends Splittable>(whole: Whole, from: number, to: number): PieceOf<Whole> {
  // Both branches give the kind they were given; the compiler cannot follow that through a type parameter.
  return (typeof whole === 'string' ? whole.slice(from, to) : whole.subarray(from, to)) as PieceOf<Whole>
}

/** Positions `size`, `2 × size`, … below `length`. */
export function* stepsOf(size: number, length: number): Generator<number> {
  if (!(size >= 1)) throw new RangeError(`${size} is no size of a piece`)
  for (let at = size; at < length; at += size) yield at
}
