import { sha256 } from '@noble/hashes/sha2.js'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const places: ReadonlyMap<string, number> = new Map([...alphabet].map((character, at) => [character, at]))

/**
 * Base58Check as Bitcoin defines it: the payload (version byte first) without its four bytes of double SHA-256, or
 * nothing where those do not fit. At most 40 characters are read.
 */
export function decodeBase58Check(text: string): Uint8Array | undefined {
  if (text.length > 40) return undefined
  let value = 0n
  for (const character of text) {
    const place = places.get(character)
    if (place === undefined) return undefined
    value = value * 58n + BigInt(place)
  }
  const bytes = new Uint8Array(25)
  for (let at = 24; at >= 0; at--) {
    bytes[at] = Number(value & 255n)
    value >>= 8n
  }
  if (value !== 0n) return undefined
  const sum = sha256(sha256(bytes.subarray(0, 21)))
  return sum.subarray(0, 4).every((byte, at) => byte === bytes[21 + at]) ? bytes.subarray(0, 21) : undefined
}
