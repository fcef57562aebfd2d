import { seededRandom } from '@sluice/testing'
import { checksumOf } from '../src/crc32.ts'

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const lower = upper.toLowerCase()
const digit = '0123456789'

const alphabets: Readonly<Record<string, string>> = {
  an: upper + lower + digit,
  b64: `${upper}${lower}${digit}+/`,
  url: `${upper}${lower}${digit}-_`,
  letter: upper + lower,
  upper: `${upper}234567`,
  bech: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
  upan: upper + digit,
  lowan: lower + digit,
  lower,
  digit,
  hex: `${digit}abcdef`,
}

/** Fills the templates of the rules' examples, always alike for the same seed. A filled-in part begins and ends with a letter or digit. */
export function expand(template: string, seed = 1): string {
  const next = seededRandom(seed)
  const pick = (alphabet: string): string => alphabet[Math.floor(next() * alphabet.length)] ?? ''
  const fill = (alphabet: string, length: number): string => {
    const inner = Array.from({ length }, () => pick(alphabet))
    for (const at of [0, length - 1]) while (!/[A-Za-z0-9]/.test(inner[at] ?? 'x')) inner[at] = pick(alphabet)
    return inner.join('')
  }
  const uuid = (): string => [8, 4, 4, 4, 12].map((length) => fill(alphabets['hex'] ?? '', length)).join('-')
  const summed = template.replace(/\{github:([a-z]+)\}/g, (_, kind: string) => {
    const random = fill(alphabets['an'] ?? '', 30)
    return `${kind}_${random}${checksumOf(random)}`
  })
  return summed.replace(/\{uuid\}|\{([a-z0-9]+):(\d+)\}/g, (whole, name: string | undefined, length: string) => {
    const alphabet = name === undefined ? undefined : alphabets[name]
    if (name === undefined) return uuid()
    return alphabet === undefined ? whole : fill(alphabet, Number(length))
  })
}
