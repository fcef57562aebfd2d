import { decodeLiteral, positionOf, scanJson } from './scan.ts'

/** Why a text is no JSON, and where. Runtimes' own messages may quote the input; this never does. */
export function explainFault(text: string): string {
  if (text.charCodeAt(0) === 0xfeff) return 'JSON begins with a byte order mark (line 1, column 1). Send it without.'
  if (/^[ \t\n\r]*$/.test(text)) return 'JSON is empty'
  const fault = scanJson(text, {})
  if (fault === undefined) return 'JSON is not valid'
  const ends = fault.at === text.length ? ' (the end)' : ''
  return `JSON is not valid: expected ${fault.expected} at ${positionOf(text, fault.at)}${ends}${rule(text, fault.at)}`
}

/** What writers of JavaScript, Python and JSON5 take for JSON. */
const rules: readonly (readonly [there: RegExp, rule: string])[] = [
  [/[#/]/y, 'has no comments'],
  [/'/y, 'takes double quotes only'],
  [/[}\]]/y, 'has no comma before an end'],
  [/[+-]?(?:NaN|Infinity|undefined|None|True|False|nil)\b/y, 'knows no such word: send null, true, false, or a string'],
]

function rule(text: string, at: number): string {
  for (const [there, rule] of rules) {
    there.lastIndex = at
    if (there.test(text)) return `. JSON ${rule}.`
  }
  return ''
}

/** Where the first member's name is that holds half a surrogate pair. For texts known to be JSON that has one. */
export function explainHalf(text: string): string {
  let half: number | undefined
  scanJson(text, {
    key: (start, end) => {
      if (!decodeLiteral(text, start, end).isWellFormed()) half ??= start
    },
  })
  return `JSON has a name with half a surrogate pair at ${positionOf(text, half ?? 0)}`
}

/** Names the first key that stands twice in one object. For texts known to be JSON. */
export function explainRepeat(text: string): string {
  const open: (Set<string> | undefined)[] = []
  let repeat: { readonly key: string; readonly at: number } | undefined
  scanJson(text, {
    open: (_at, type) => open.push(type === 'object' ? new Set() : undefined),
    close: () => open.pop(),
    key: (start, end) => {
      const seen = open.at(-1)
      const key = decodeLiteral(text, start, end)
      if (seen?.has(key)) repeat ??= { key, at: start }
      seen?.add(key)
    },
  })
  if (repeat === undefined) return 'JSON has a key twice in one object'
  return `JSON has the key ${quoteName(repeat.key)} twice in one object, the second time at ${positionOf(text, repeat.at)}`
}

/** A member's name for a message: 40 characters at most, printable ASCII, so that it can do no harm in a terminal. */
export function quoteName(name: string): string {
  const short = name.length > 40 ? `${name.slice(0, 40)}…` : name
  return JSON.stringify(short).replace(/[^\x20-\x7e…]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)
}
