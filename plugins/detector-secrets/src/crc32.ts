/** CRC-32 (ISO 3309, the polynomial of zlib) of ASCII text. */
export function crc32(text: string): number {
  let sum = 0xffffffff
  for (let at = 0; at < text.length; at++) {
    sum ^= text.charCodeAt(at) & 0xff
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The six characters that GitHub and npm put at the end of a token: the CRC-32 of the random part in base 62, padded with 0. */
export function checksumOf(random: string): string {
  let rest = crc32(random)
  let text = ''
  while (text.length < 6) {
    text = (base62[rest % 62] ?? '') + text
    rest = Math.floor(rest / 62)
  }
  return text
}

/** `ghp_` and 36 characters, of which the last six are the checksum of the thirty before. */
export function passesTokenChecksum(token: string): boolean {
  const random = token.slice(token.indexOf('_') + 1, -6)
  return random.length === 30 && checksumOf(random) === token.slice(-6)
}
