import { withLookalikes } from './lookalikes.ts'

const characters = (text: string, change: (character: string, code: number) => string): string =>
  Array.from(text, (character) => change(character, character.codePointAt(0) ?? 0)).join('')
const bytes = (text: string, change: (hex: string) => string): string =>
  Array.from(Buffer.from(text, 'utf8'), (byte) => change(byte.toString(16).padStart(2, '0'))).join('')
const unicodeEscapes = (text: string): string => {
  let escaped = ''
  for (let at = 0; at < text.length; at++) escaped += `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`
  return escaped
}

export const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
export const zeroWidth = (text: string): string => Array.from(text).join('\u200b')
export const htmlDecimal = (text: string): string => characters(text, (_, code) => `&#${code};`)
export const percent = (text: string): string => bytes(text, (hex) => `%${hex.toUpperCase()}`)
export const hex = (text: string): string => bytes(text, (pair) => pair)
export const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

/** Ways in which a text can stand so that whoever reads it, or the program it is for, has it back. */
export const encodings: Readonly<Record<string, (text: string) => string>> = {
  'JSON string': (text) => JSON.stringify({ note: text }),
  'JSON, all \\u': (text) => `{"note":"${unicodeEscapes(text)}"}`,
  'zero-width between': zeroWidth,
  'full width': fullWidth,
  'HTML decimal': htmlDecimal,
  'HTML hexadecimal': (text) => characters(text, (_, code) => `&#x${code.toString(16)};`),
  percent,
  'tag characters': (text) =>
    text.replace(/[ -~]/g, (character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))),
  base64,
  base64url: (text) => Buffer.from(text, 'utf8').toString('base64url'),
  hex,
  '\\x escapes': (text) => bytes(text, (pair) => `\\x${pair}`),
  'soft hyphens between': (text) => Array.from(text).join('\u00ad'),
}

/** Besides the thirteen, without an aim: letters that are replaced are not the secret's any more, and one layer over another. */
export const furtherEncodings: Readonly<Record<string, (text: string) => string>> = {
  'look-alike letters': withLookalikes,
  'base64 of percent': (text) => base64(percent(text)),
}
