import { Buffer } from 'node:buffer'

/**
 * A text as prose rules and the model read it: lower case, without accents, compatibility forms and look-alikes as plain
 * letters, runs of white space as one unit, and nothing that is not seen. Each unit knows where it came from.
 */
export interface Folded {
  /** UTF-16 units; only the first `length` count. */
  readonly units: Uint16Array
  /** Offset in the text of each unit, and after the last one the offset behind it. */
  readonly offsets: Uint32Array
  length: number
}

/** Room for what at most `capacity` units of text fold to; reused from text to text. */
export function foldRoom(capacity: number): Folded {
  return { units: new Uint16Array(capacity + 1), offsets: new Uint32Array(capacity + 2), length: 0 }
}

const space = 0x20
const newline = 0x0a
const apostrophe = 0x27
/** Stands in `folds` for a unit that is left out. */
const nothing = 0xffff
/** What each unit folds to; 0: not asked yet. */
const folds = new Uint16Array(0x1_0000)

/** Folds `text` into `room`, which must be as long. A line end stays one: sentences end there. */
export function fold(text: string, room: Folded): Folded {
  const { units, offsets } = room
  let length = 0
  let last = space
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const folded = folds[unit] || learn(unit)
    if (folded === nothing) continue
    if (folded <= space) {
      if (last === newline) continue
      if (last === space) {
        if (folded === newline && length > 0) units[length - 1] = newline
        if (folded === newline) last = newline
        continue
      }
    } else if (folded === apostrophe && last >= 0x61 && last <= 0x7a) continue
    units[length] = folded
    offsets[length] = at
    length++
    last = folded
  }
  offsets[length] = text.length
  room.length = length
  return room
}

export function foldedText({ units, length }: Folded): string {
  return Buffer.from(units.buffer, units.byteOffset, length * 2).toString('utf16le')
}

function learn(unit: number): number {
  const folded = foldOf(unit)
  folds[unit] = folded
  return folded
}

/** Cyrillic and Greek letters that look like Latin ones are read as those, in texts of those languages too: alike is enough. */
const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  е: 'e',
  һ: 'h',
  н: 'h',
  і: 'i',
  ј: 'j',
  к: 'k',
  м: 'm',
  о: 'o',
  р: 'p',
  ѕ: 's',
  т: 't',
  х: 'x',
  у: 'y',
  ԁ: 'd',
  ɡ: 'g',
  ԛ: 'q',
  ԝ: 'w',
  ո: 'n',
  ս: 'u',
  ι: 'i',
  α: 'a',
  ε: 'e',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  ν: 'v',
  κ: 'k',
  χ: 'x',
  η: 'n',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ſ: 's',
  ß: 's',
}

function foldOf(unit: number): number {
  if (unit === 0) return nothing
  const char = String.fromCharCode(unit)
  if (/[\n\r\u2028\u2029]/.test(char)) return newline
  if (/\s/.test(char)) return space
  // Half of a pair: emoji and the mathematical alphabets. Views bring the latter to letters.
  if (unit >= 0xd800 && unit <= 0xdfff) return nothing
  if (unit < 0x80) return unit < space ? nothing : char.toLowerCase().charCodeAt(0)
  if (/[\p{Mn}\p{Cf}\p{So}\p{Co}\p{Cc}]/u.test(char)) return nothing
  if (/[\u2018\u2019\u02bc\u0060\u00b4]/.test(char)) return apostrophe
  if (/[\u201c\u201d\u00ab\u00bb]/.test(char)) return 0x22
  const plain = char.normalize('NFKD').toLowerCase().charCodeAt(0)
  const alike = lookAlikes[String.fromCharCode(plain)]
  if (alike !== undefined) return alike.charCodeAt(0)
  return plain === 0 ? nothing : plain
}
