import { keccak_256 } from '@noble/hashes/sha3.js'

/** EIP-55: letters of an address's 40 hex digits are upper case where the hash of the lower-case digits says so. */
export function passesEip55(digits: string): boolean {
  const hash = keccak_256(new TextEncoder().encode(digits.toLowerCase()))
  for (let at = 0; at < digits.length; at++) {
    const character = digits.charAt(at)
    if (character >= '0' && character <= '9') continue
    const nibble = ((hash[at >> 1] ?? 0) >> (at % 2 === 0 ? 4 : 0)) & 15
    if (character <= 'F' !== nibble >= 8) return false
  }
  return true
}
