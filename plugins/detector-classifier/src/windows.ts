/** Counts and makes tokens. Special tokens are in `ids`. */
export interface Encoder {
  /** With the special tokens around them. */
  encode(text: string): readonly number[]
  /** Without. */
  count(text: string): number
}

export interface TokenWindow {
  /** UTF-16 offsets in the text. */
  readonly start: number
  readonly end: number
  readonly ids: readonly number[]
}

interface Piece {
  readonly start: number
  readonly end: number
  readonly tokens: number
}

/** UTF-16 units of a run without spaces that is measured at once: some languages have none, and base64 has none. */
const longestPiece = 64
/** Words are counted alone and encoded together, which may come to some tokens more. */
const slack = 4

/**
 * Cuts a text into windows of at most `maxTokens`, at spaces where there are any, each sharing about `overlap` tokens with the
 * one before. A text that fits is one window.
 */
export function* windowsOf(text: string, encoder: Encoder, maxTokens: number, overlap: number): Generator<TokenWindow> {
  const room = maxTokens - encoder.encode('').length
  // No token is made of nothing: so short a text need not be counted first.
  const whole = text.length <= 8 * maxTokens ? encoder.encode(text) : undefined
  if (whole !== undefined && whole.length <= maxTokens) {
    if (text.trim() !== '') yield { start: 0, end: text.length, ids: whole }
    return
  }
  const pieces: Piece[] = []
  let tokens = 0
  let fresh = 0
  for (const [start, end] of piecesOf(text)) {
    const count = Math.max(1, encoder.count(text.slice(start, end)))
    if (fresh > 0 && tokens + count > room - slack) {
      yield* fitting(text, pieces, encoder, maxTokens)
      while (pieces.length > 0 && (tokens > overlap || tokens + count > room - slack)) {
        tokens -= pieces.shift()?.tokens ?? 0
      }
      fresh = 0
    }
    pieces.push({ start, end, tokens: count })
    tokens += count
    fresh += 1
  }
  if (fresh > 0) yield* fitting(text, pieces, encoder, maxTokens)
}

/** In halves where the words come to more tokens together than alone. Only a piece that is too long itself loses its end. */
function* fitting(
  text: string,
  pieces: readonly Piece[],
  encoder: Encoder,
  maxTokens: number,
): Generator<TokenWindow, void, void> {
  const start = pieces[0]?.start ?? 0
  const end = pieces.at(-1)?.end ?? 0
  const ids = encoder.encode(text.slice(start, end))
  if (ids.length <= maxTokens) yield { start, end, ids }
  else if (pieces.length > 1) {
    const half = Math.ceil(pieces.length / 2)
    yield* fitting(text, pieces.slice(0, half), encoder, maxTokens)
    yield* fitting(text, pieces.slice(half), encoder, maxTokens)
  }
  // The last id is the special one that ends a text, and stays the last.
  else yield { start, end, ids: [...ids.slice(0, maxTokens - 1), ...ids.slice(-1)] }
}

function* piecesOf(text: string): Generator<readonly [start: number, end: number]> {
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    for (let at = 0; at < word.length; ) {
      let next = Math.min(word.length, at + longestPiece)
      const unit = word.charCodeAt(next - 1)
      // The halves of a pair stay together.
      if (next < word.length && unit >= 0xd800 && unit < 0xdc00) next += 1
      yield [index + at, index + next]
      at = next
    }
  }
}
