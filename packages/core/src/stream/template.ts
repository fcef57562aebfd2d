import { locateAll } from '../json/locate.ts'
import { stringEnd } from '../json/string-end.ts'
import type { JsonPointer } from '../protocol/json.ts'

/**
 * A JSON text with holes for the contents of some strings, and for some whole numbers. A text that fits is JSON, and means
 * the same value but for those: most frames of a stream are read this way, without being parsed.
 */
export interface FrameTemplate {
  /** The strings at `pointers`, in their order, numbers as they are written; or undefined where the text does not fit. */
  match(text: string): readonly string[] | undefined
}

// What cannot stand between the quotes of a JSON string as itself. Quotes are found before this is asked.
const NOT_PLAIN = /[\\\u0000-\u001f]/

/**
 * Makes a template of a text that `parseJson` took. Undefined where a pointer names neither a string nor a whole number of
 * it. `pointers` must not be empty nor name one twice.
 */
export function frameTemplate(text: string, pointers: readonly JsonPointer[]): FrameTemplate | undefined {
  const holes: { readonly start: number; readonly end: number; readonly index: number; readonly isNumber: boolean }[] =
    []
  for (const [index, location] of locateAll(text, pointers).entries()) {
    if (location === undefined) return undefined
    const { start, end } = location
    if (text[start] === '"') holes.push({ start: start + 1, end: end - 1, index, isNumber: false })
    else if (numberEnd(text, start) === end) holes.push({ start, end, index, isNumber: true })
    else return undefined
  }
  holes.sort((a, b) => a.start - b.start)
  const first = text.slice(0, holes[0]?.start)
  /** Each begins with the quote that closes a hole, or with what follows a number. */
  const pieces = holes.map(({ end }, at) => text.slice(end, holes[at + 1]?.start))
  const order = holes.map(({ index }) => index)
  const areNumbers = holes.map(({ isNumber }) => isNumber)

  return {
    match(other) {
      if (!other.startsWith(first)) return undefined
      const contents = new Array<string>(pieces.length)
      let from = first.length
      for (let at = 0; at < pieces.length; at++) {
        const piece = pieces[at] ?? ''
        const isNumber = areNumbers[at] === true
        const end = isNumber ? numberEnd(other, from) : stringEnd(other, from - 1)
        if (end === -1 || !other.startsWith(piece, end)) return undefined
        const raw = other.slice(from, end)
        const content = isNumber ? raw : readContent(raw)
        if (content === undefined) return undefined
        contents[order[at] ?? 0] = content
        from = end + piece.length
      }
      return from === other.length ? contents : undefined
    },
  }
}

/** What a string's contents stand for; undefined for contents of no string. */
function readContent(content: string): string | undefined {
  if (!NOT_PLAIN.test(content)) return content
  try {
    // Arguments of tools are JSON in a string: escapes are the rule there. A JSON string literal parses to a string.
    return JSON.parse(`"${content}"`) as string
  } catch {
    return undefined
  }
}

/** Where a number without sign, fraction and exponent ends, of at most 15 digits; -1 where there is none. */
function numberEnd(text: string, start: number): number {
  let end = start
  while (end - start < 16 && isDigit(text.charCodeAt(end))) end++
  const digits = end - start
  return digits === 0 || digits > 15 || (digits > 1 && text[start] === '0') ? -1 : end
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
