/** UTF-16 or UTF-32, if bytes begin as JSON in one would: with its mark, or with zeros beside an ASCII character. */
export function wideEncoding(bytes: Uint8Array): 'UTF-16' | 'UTF-32' | undefined {
  const [a, b, c, d] = bytes
  if (a === 0 && b === 0 && (c === 0 || (c === 0xfe && d === 0xff))) return 'UTF-32'
  if (a !== 0 && (b === 0 || (a === 0xff && b === 0xfe)) && c === 0 && d === 0) return 'UTF-32'
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16'
  return a !== b && (a === 0 || b === 0) ? 'UTF-16' : undefined
}

/** Offset of the first byte that begins no UTF-8 character: decoders say that there is one, and not where. */
export function firstInvalidByte(bytes: Uint8Array): number {
  let at = 0
  for (let length = 1; at < bytes.length; at += length) {
    length = characterLength(bytes, at)
    if (length === 0) break
  }
  return at
}

/** Bytes of the character that begins here; 0 where none does. Unicode, table 3-7. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (second < least || second > most) return 0
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  for (let next = at + 2; next < at + length; next++) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return length
}
