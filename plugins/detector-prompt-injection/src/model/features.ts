import type { Folded } from '../prose/fold.ts'

/**
 * What the model sees of a folded text: groups of three, four and five characters within words, words, pairs and triples of
 * words within a sentence, and runs of marks. Each feature is a 32 bit hash, whose upper bits are its place in a table of
 * weights.
 */
export interface Features {
  readonly hashes: Int32Array
  /** Of `hashes`, how many there are up to the end of each token: a word, or a run of marks. */
  readonly tokenHashes: Int32Array
  /** Folded units up to the end of each token. */
  readonly tokenEnds: Int32Array
  /** Tokens up to the end of each sentence. */
  readonly sentenceTokens: Int32Array
  tokens: number
  sentences: number
  /** Words that have bits in the table `marked` other than the first three: where each begins, in folded units, and the bits. */
  readonly anchors: Int32Array
  readonly anchorBits: Int32Array
  anchored: number
  readonly shape: Shape
}

/** What the words of a text are like: what hides them shows here. */
export interface Shape {
  words: number
  /** Words with the first, the second and the third bit in `marked`. */
  readonly counts: Int32Array
  /** Something of a script whose words are not parted by spaces. */
  unspaced: boolean
  /** Units of the longest word. */
  longest: number
  /** Words of one unit. */
  singles: number
  /** Words of letters and digits. */
  mixed: number
  /** Runs of marks with a letter or digit on both sides. */
  inner: number
}

/** Hashes a unit of text can make at most: three groups, and three for the word that ends there. */
const perUnit = 7

export function featureRoom(capacity: number): Features {
  return {
    hashes: new Int32Array((capacity + 2) * perUnit),
    tokenHashes: new Int32Array(capacity + 2),
    tokenEnds: new Int32Array(capacity + 2),
    sentenceTokens: new Int32Array(capacity + 2),
    tokens: 0,
    sentences: 0,
    anchors: new Int32Array(capacity + 2),
    anchorBits: new Int32Array(capacity + 2),
    anchored: 0,
    shape: { words: 0, counts: new Int32Array(3), singles: 0, mixed: 0, inner: 0, unspaced: false, longest: 0 },
  }
}

const mark = 0
const letter = 1
const digit = 2
const white = 3
const end = 4
const unitClass = new Uint8Array(128)
unitClass.fill(letter, 0x61, 0x7b)
unitClass.fill(digit, 0x30, 0x3a)
unitClass[0x20] = white
unitClass[0x0a] = end
for (const one of '.!?;') unitClass[one.charCodeAt(0)] = end

// Odd numbers without pattern, one for each kind of feature.
const three = 0x9e3779b1
const four = 0x85ebca6b
const five = 0xc2b2ae35
const wide = 0x2c1b3c6d
const pair = 0x27d4eb2f
const triple = 0x165667b1
const run = 0x51ed270b
const seed = 0x811c9dc5
const prime = 0x01000193
/** Stands before the first word of a sentence: what begins one is told from what is in the midst of it. */
const sentenceStart = 0x3c6ef372

/** Words are looked for among so many places. */
export const markedPlaces = 8192
const placeShift = 32 - Math.log2(markedPlaces)

/** The place of a folded word in a table of `markedPlaces`. */
export function placeOf(word: string): number {
  let hash = seed
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), prime)
  return spread(hash) >>> placeShift
}

function spread(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), three)
}

function isWord(unit: number): boolean {
  return unit >= 128 || unitClass[unit] === letter || unitClass[unit] === digit
}

/** Reads `folded` into `room`. `marked`: for each place of a word, bits. */
export function featuresOf({ units, length }: Folded, room: Features, marked: Int32Array): Features {
  const { hashes, tokenHashes, tokenEnds, sentenceTokens, anchors, anchorBits, shape } = room
  const { counts } = shape
  counts.fill(0)
  let count = 0
  let tokens = 0
  let sentences = 0
  let anchored = 0
  let words = 0
  let singles = 0
  let unspaced = false
  let longest = 0
  let mixed = 0
  let inner = 0
  let before = sentenceStart
  let beforeThat = sentenceStart
  let at = 0
  while (at < length) {
    const unit = units[at] ?? 0
    const kind = unit < 128 ? unitClass[unit] : letter
    if (kind === white) {
      at++
      continue
    }
    if (kind === letter || kind === digit) {
      let word = seed
      // The last five characters, six bits each; 0 is the edge of the word.
      let last = 0
      let previous = 0
      let digits = 0
      const first = at
      for (; at < length; at++) {
        const char = units[at] ?? 0
        const charKind = char < 128 ? unitClass[char] : letter
        if (charKind !== letter && charKind !== digit) break
        word = Math.imul(word ^ char, prime)
        if (charKind === digit) digits++
        last = ((last << 6) | (charKind === digit ? 27 : char < 128 ? char - 0x60 : 28 + (char % 36))) & 0x3fffffff
        hashes[count++] = Math.imul(last & 0x3ffff, three)
        hashes[count++] = Math.imul(last & 0xffffff, four)
        hashes[count++] = Math.imul(last, five)
        if (char >= 128) {
          hashes[count++] = spread(Math.imul((previous << 16) ^ char, wide))
          previous = char
          // From kana on.
          if (char >= 0x3040) unspaced = true
        }
      }
      last = (last << 6) & 0x3fffffff
      hashes[count++] = Math.imul(last & 0x3ffff, three)
      hashes[count++] = Math.imul(last & 0xffffff, four)
      hashes[count++] = Math.imul(last, five)
      const hash = spread(word)
      const bits = marked[hash >>> placeShift] as number // The table has a place for each.
      if (bits !== 0) {
        counts[0] = (counts[0] as number) + (bits & 1)
        counts[1] = (counts[1] as number) + ((bits >> 1) & 1)
        counts[2] = (counts[2] as number) + ((bits >> 2) & 1)
        if (bits > 7 || bits < 0) {
          anchors[anchored] = first
          anchorBits[anchored++] = bits
        }
      }
      words++
      if (at - first > longest) longest = at - first
      if (at === first + 1) singles++
      if (digits > 0 && digits < at - first) mixed++
      hashes[count++] = hash
      hashes[count++] = spread(Math.imul(before, pair) ^ hash)
      hashes[count++] = spread(Math.imul(Math.imul(beforeThat, triple) ^ before, pair) ^ hash)
      beforeThat = before
      before = hash
    } else {
      let hash = run
      let ended = false
      const first = at
      for (; at < length; at++) {
        const char = units[at] ?? 0
        const charKind = char < 128 ? unitClass[char] : letter
        if (charKind !== mark && charKind !== end) break
        if (charKind === end) ended = true
        hash = Math.imul(hash ^ char, prime)
      }
      hashes[count++] = spread(hash)
      if (first > 0 && at < length && isWord(units[first - 1] as number) && isWord(units[at] as number)) inner++
      if (ended) {
        before = sentenceStart
        beforeThat = sentenceStart
        sentenceTokens[sentences++] = tokens + 1
      }
    }
    tokenHashes[tokens] = count
    tokenEnds[tokens] = at
    tokens++
  }
  if (tokens > 0 && sentenceTokens[sentences - 1] !== tokens) sentenceTokens[sentences++] = tokens
  room.tokens = tokens
  room.sentences = sentences
  room.anchored = anchored
  shape.words = words
  shape.singles = singles
  shape.longest = longest
  shape.unspaced = unspaced
  shape.mixed = mixed
  shape.inner = inner
  return room
}
