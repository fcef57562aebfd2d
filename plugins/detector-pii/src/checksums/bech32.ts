const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/** BIP 173 (bech32) and BIP 350 (bech32m): does the checksum fit? Upper and lower case are not mixed. */
export function passesBech32(text: string): boolean {
  const lower = text.toLowerCase()
  if (text !== lower && text !== text.toUpperCase()) return false
  const separator = lower.lastIndexOf('1')
  const prefix = lower.slice(0, separator)
  const values = [...lower.slice(separator + 1)].map((character) => alphabet.indexOf(character))
  if (separator < 1 || values.length < 6 || values.includes(-1)) return false
  const codes = Array.from(prefix, (character) => character.charCodeAt(0))
  const sum = polymod([...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...values])
  return sum === 1 || sum === 0x2bc830a3
}

function polymod(values: readonly number[]): number {
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [at, generator] of generators.entries()) if ((top >> at) & 1) sum ^= generator
  }
  return sum >>> 0
}
