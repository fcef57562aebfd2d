import type { Undone } from './undo.ts'

export const longestEscape = 12

const short: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '/': '/', '\\': '\\' }
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  colon: ':',
  equals: '=',
  sol: '/',
  lowbar: '_',
  hyphen: '-',
  dash: '-',
  period: '.',
  commat: '@',
  plus: '+',
  num: '#',
  dollar: '$',
  Tab: '\t',
  NewLine: '\n',
}
const hex4 = /^\\u([0-9a-fA-F]{4})/
const hexBraced = /^\\u\{([0-9a-fA-F]{1,6})\}/
const hex2 = /^\\x([0-9a-fA-F]{2})/
const octal = /^\\([0-3][0-7]{2})/
const percents = /^(?:%[0-9a-fA-F]{2}){1,4}/
const entity = /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,7}));/

/** `\u0041`, `\x41`, `\n`, `%41`, `&#65;`, `&#x41;` and `&amp;`, at the position where one begins. */
export function escapeAt(text: string, position: number): Undone | undefined {
  const rest = text.slice(position, position + longestEscape)
  const first = rest.charCodeAt(0)
  if (first === 0x5c) return backslash(rest)
  return first === 0x25 ? percent(rest) : reference(rest)
}

function backslash(rest: string): Undone | undefined {
  const match = hex4.exec(rest) ?? hexBraced.exec(rest) ?? hex2.exec(rest)
  if (match !== null) return character(match[0].length, Number.parseInt(match[1] ?? '', 16))
  const eight = octal.exec(rest)
  if (eight !== null) return character(4, Number.parseInt(eight[1] ?? '', 8))
  const out = short[rest.charAt(1)]
  return out === undefined ? undefined : { units: 2, out }
}

/** The bytes of one character in UTF-8. */
function percent(rest: string): Undone | undefined {
  const run = percents.exec(rest)?.[0]
  if (run === undefined) return undefined
  const lead = Number.parseInt(run.slice(1, 3), 16)
  const units = 3 * (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4)
  try {
    return { units, out: decodeURIComponent(run.slice(0, units)) }
  } catch {
    return undefined
  }
}

function reference(rest: string): Undone | undefined {
  const match = entity.exec(rest)
  if (match === null) return undefined
  const [all, decimal, hex, name] = match
  if (name !== undefined) {
    const out = Object.hasOwn(named, name) ? named[name] : undefined
    return out === undefined ? undefined : { units: all.length, out }
  }
  return character(all.length, decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal))
}

function character(units: number, code: number): Undone | undefined {
  return code > 0x10ffff ? undefined : { units, out: String.fromCodePoint(code) }
}
