/** A text with its percent escapes undone, and where each unit of it came from. */
export interface Unescaped {
  readonly text: string
  /** As long as the text and one more: the place in the original. */
  readonly from: readonly number[]
}

const escapes = /%(?:25){0,3}(?:([0-9a-f]{2})|u([0-9a-f]{4}))/gi
/** Overlong UTF-8 of `.`, `/` and `\`, as old decoders took it. */
const overlong =
  /%(?:25){0,3}(?:c0%(?:25){0,3}(ae|af|2f|2e|5c)|c1%(?:25){0,3}(9c)|e0%(?:25){0,3}80%(?:25){0,3}(ae|af))/gi
const overlongs: Readonly<Record<string, string>> = { ae: '.', '2e': '.', af: '/', '2f': '/', '5c': '\\', '9c': '\\' }
const wide: Readonly<Record<string, string>> = { '002e': '.', '002f': '/', '005c': '\\', '2215': '/', '2216': '\\' }

/** Escapes of ASCII, also those that were escaped again. Undefined: there is none. */
export function unescapePercent(text: string): Unescaped | undefined {
  if (!text.includes('%')) return undefined
  const places: { readonly start: number; readonly end: number; readonly char: string }[] = []
  for (const match of text.matchAll(overlong)) {
    const char = overlongs[(match[1] ?? match[2] ?? match[3] ?? '').toLowerCase()]
    if (char !== undefined) places.push({ start: match.index, end: match.index + match[0].length, char })
  }
  for (const match of text.matchAll(escapes)) {
    const code = match[1] === undefined ? Number.NaN : Number.parseInt(match[1], 16)
    const char =
      match[2] === undefined
        ? code >= 32 && code < 127
          ? String.fromCharCode(code)
          : undefined
        : wide[match[2].toLowerCase()]
    if (char !== undefined) places.push({ start: match.index, end: match.index + match[0].length, char })
  }
  if (places.length === 0) return undefined
  places.sort((one, other) => one.start - other.start)
  const from: number[] = []
  let out = ''
  let at = 0
  const copy = (to: number) => {
    out += text.slice(at, to)
    for (; at < to; at++) from.push(at)
  }
  for (const { start, end, char } of places) {
    if (start < at) continue
    copy(start)
    out += char
    from.push(start)
    at = end
  }
  copy(text.length)
  from.push(text.length)
  return { text: out, from }
}
