import { locateAll } from '../json/locate.ts'
import { stringEnd } from '../json/string-end.ts'
import type { JsonPointer } from '../protocol/json.ts'

/**
 * A JSON text with holes for the contents of some strings. A text that fits is JSON, and means the same value but for
 * those strings: most frames of a stream are read this way, without being parsed.
 */
export interface FrameTemplate {
  /** The strings at `pointers`, in their order, or undefined where the text does not fit. */
  match(text: string): readonly string[] | undefined
}

// What cannot stand between the quotes of a JSON string as itself. Quotes are found before this is asked.
const NOT_PLAIN = /[\\\u0000-\u001f]/

/**
 * Makes a template of a text that `parseJson` took. Undefined where a pointer names no string of it. `pointers` must not
 * be empty nor name one twice.
 */
export function frameTemplate(text: string, pointers: readonly JsonPointer[]): FrameTemplate | undefined {
  const holes: { readonly start: number; readonly end: number; readonly index: number }[] = []
  for (const [index, location] of locateAll(text, pointers).entries()) {
    if (location === undefined || text[location.start] !== '"') return undefined
    holes.push({ start: location.start + 1, end: location.end - 1, index })
  }
  holes.sort((a, b) => a.start - b.start)
  const first = text.slice(0, holes[0]?.start)
  /** Each begins with the quote that closes a hole. */
  const pieces = holes.map(({ end }, at) => text.slice(end, holes[at + 1]?.start))
  const order = holes.map(({ index }) => index)

  return {
    match(other) {
      if (!other.startsWith(first)) return undefined
      const contents = new Array<string>(pieces.length)
      let from = first.length
      for (let at = 0; at < pieces.length; at++) {
        const piece = pieces[at] ?? ''
        const quote = stringEnd(other, from - 1)
        if (quote === -1 || !other.startsWith(piece, quote)) return undefined
        const content = readContent(other.slice(from, quote))
        if (content === undefined) return undefined
        contents[order[at] ?? 0] = content
        from = quote + piece.length
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
