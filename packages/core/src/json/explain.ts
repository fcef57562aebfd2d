import { decodeLiteral, positionOf, scanJson } from './scan.ts'

/** Why a text is no JSON, and where. Runtimes' own messages may quote the input; this never does. */
export function explainFault(text: string): string {
  if (text.charCodeAt(0) === 0xfeff) return 'JSON begins with a byte order mark (line 1, column 1)'
  if (/^[ \t\n\r]*$/.test(text)) return 'JSON is empty'
  const fault = scanJson(text, {})
  if (fault === undefined) return 'JSON is not valid'
  const ends = fault.at === text.length ? ' (the end)' : ''
  return `JSON is not valid: expected ${fault.expected} at ${positionOf(text, fault.at)}${ends}`
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
