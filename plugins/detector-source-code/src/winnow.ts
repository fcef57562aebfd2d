import type { Token } from './tokens.ts'

/** `k`: tokens of a gram. `w`: grams of a window. A shared run of `w + k - 1` tokens shares a fingerprint. */
export interface Winnowing {
  readonly k: number
  readonly w: number
}

/** A gram that was chosen: what is hashed under the key, and where it stands. */
export interface Gram {
  readonly text: string
  readonly start: number
  readonly end: number
}

interface Hashed {
  readonly at: number
  readonly hash: number
}

const factor = 0x01000193

/**
 * Chooses grams by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting",
 * 2003): of every `w` grams in a row the one with the least hash, the last of equals. What is chosen in a copied run is chosen
 * in the original too. Grams with little in them (prose, tables, rows of zeros) are never chosen.
 */
export class Winnower {
  private readonly k: number
  private readonly w: number
  /** `factor` to the power of `k`: what the token that leaves the gram counted. */
  private readonly leaving: number
  /** The last `k + w` tokens, with their hashes, by number modulo that. */
  private readonly tokens: Token[] = []
  private readonly hashes: number[] = []
  private count = 0
  /** Of the last `k` tokens. */
  private signs = 0
  private rolling = 0
  private window: Hashed[] = []
  private chosen = -1

  constructor({ k, w }: Winnowing) {
    this.k = k
    this.w = w
    let power = 1
    for (let i = 0; i < k; i++) power = Math.imul(power, factor)
    this.leaving = power
  }

  /** The gram that the token decides, if it does. */
  push(token: Token): Gram | undefined {
    const { k, w } = this
    const size = k + w
    const old = this.count >= k ? (this.hashes[(this.count - k) % size] ?? 0) : 0
    const own = hashOf(token.text)
    if (this.count >= k) this.signs -= Number(isSign(this.tokens[(this.count - k) % size]?.text))
    this.signs += Number(isSign(token.text))
    this.tokens[this.count % size] = token
    this.hashes[this.count % size] = own
    this.count += 1
    this.rolling = (Math.imul(this.rolling, factor) + own - Math.imul(old, this.leaving)) | 0
    if (this.count < k) return undefined
    const at = this.count - k
    // Only what could still be the least is kept, the least first.
    const hash = this.says(at) ? mix(this.rolling) : Number.POSITIVE_INFINITY
    while ((this.window.at(-1)?.hash ?? -1) >= hash) this.window.pop()
    this.window.push({ at, hash })
    if ((this.window[0]?.at ?? at) <= at - w) this.window.shift()
    const least = this.window[0]
    if (at < w - 1 || least === undefined || least.at === this.chosen || !Number.isFinite(least.hash)) return undefined
    this.chosen = least.at
    return this.gram(least.at)
  }

  /** Where the first token stands that a gram still to be chosen may begin with; undefined: with none that has come. */
  get open(): number | undefined {
    const first = Math.max(0, this.count - this.k - this.w + 1)
    return this.count === 0 ? undefined : this.tokens[first % (this.k + this.w)]?.start
  }

  private gram(at: number): Gram {
    const tokens = Array.from({ length: this.k }, (_, i) => this.tokens[(at + i) % (this.k + this.w)])
    return {
      text: tokens.map((token) => token?.text).join('\0'),
      start: tokens[0]?.start ?? 0,
      end: tokens.at(-1)?.end ?? 0,
    }
  }

  /** Enough different tokens, and signs that prose has not. */
  private says(at: number): boolean {
    if (this.signs * 6 < this.k) return false
    const different = new Set<number>()
    for (let i = at; i < at + this.k; i++) different.add(this.hashes[i % (this.k + this.w)] ?? 0)
    return different.size * 3 >= this.k
  }
}

function isSign(token: string | undefined): boolean {
  return token?.length === 1 && '(){}[]=<>+*&|!:.'.includes(token)
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

/** So that the least is not the one with some token at its end. The last step of MurmurHash3, to 32 bits unsigned. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
