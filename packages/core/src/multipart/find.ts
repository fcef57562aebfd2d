/** Looks for a pattern in bytes that come in pieces. */
export interface Finder {
  /** Offsets, from the start of the first piece, of the occurrences that end in this one. Ascending. */
  push(piece: Uint8Array, limit: number): number[]
}

/**
 * Finds every occurrence of `pattern`. Linear whatever the bytes are (Knuth, Morris, Pratt): the client chooses both
 * boundary and content. Between candidates the native search for the first byte skips ahead.
 */
export function finder(pattern: Uint8Array): Finder {
  const fallback = borders(pattern)
  const first = pattern[0] ?? 0
  let matched = 0
  let before = 0
  return {
    push(bytes, limit) {
      const found: number[] = []
      for (let at = 0; at < bytes.length; at++) {
        if (matched === 0 && bytes[at] !== first) {
          // A few bytes by hand: where candidates are dense, a native call for each would cost more than it saves.
          const near = Math.min(at + 24, bytes.length)
          while (at < near && bytes[at] !== first) at++
          if (at === near) at = bytes.indexOf(first, near)
          if (at === -1 || at >= bytes.length) break
        }
        const byte = bytes[at]
        while (matched > 0 && byte !== pattern[matched]) matched = fallback[matched - 1] ?? 0
        if (byte === pattern[matched]) matched++
        if (matched < pattern.length) continue
        found.push(before + at + 1 - matched)
        if (found.length === limit) break
        matched = fallback[matched - 1] ?? 0
      }
      before += bytes.length
      return found
    },
  }
}

/** Every occurrence of `pattern`, ascending; no more than `limit`. */
export function findAll(bytes: Uint8Array, pattern: Uint8Array, limit: number): number[] {
  return finder(pattern).push(bytes, limit)
}

/** For each prefix, the length of its longest proper prefix that is its suffix as well. */
function borders(pattern: Uint8Array): number[] {
  const lengths = [0]
  let length = 0
  for (let at = 1; at < pattern.length; at++) {
    while (length > 0 && pattern[at] !== pattern[length]) length = lengths[length - 1] ?? 0
    if (pattern[at] === pattern[length]) length++
    lengths.push(length)
  }
  return lengths
}
