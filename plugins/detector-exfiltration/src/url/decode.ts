/** Encodings by which text becomes one word of a URL. */
const base64 = /^[A-Za-z0-9+/_-]{6,4000}={0,2}$/
const hex = /^(?:0x)?((?:[0-9A-Fa-f]{2}){6,2000})$/
const base32 = /^[A-Za-z2-7]{16,4000}={0,6}$/
const codes = /^\d{2,3}(?:[-.,_;+ ]\d{2,3}){5,999}$/
const base32Digits = 'abcdefghijklmnopqrstuvwxyz234567'

/** The text that a value encodes, if it reads as text: of random bytes one in thousands would. */
export function encodedText(value: string): string | undefined {
  const given = value.startsWith('=') ? [...value].reverse().join('') : value
  return hexText(given) ?? base64Text(given) ?? codesText(given) ?? base32Text(given)
}

function hexText(value: string): string | undefined {
  const digits = hex.exec(value)?.[1]
  // Numbers are hex too, and half of them decode to something printable.
  if (digits === undefined || (!/[a-f]/i.test(digits) && digits.length < 48)) return undefined
  const bytes = new Uint8Array(digits.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16)
  return readable(bytes, 6)
}

function base64Text(value: string): string | undefined {
  const digits = value.replace(/=+$/, '')
  if (!base64.test(value) || digits.length % 4 === 1 || isWord(digits)) return undefined
  const padded = digits.length < value.length
  if (!padded && digits.length < 8) return undefined
  try {
    const binary = atob(digits.replace(/-/g, '+').replace(/_/g, '/'))
    const least = padded ? 5 : digits.length < 16 ? 9 : 12
    return readable(
      Uint8Array.from(binary, (char) => char.charCodeAt(0)),
      least,
    )
  } catch {
    return undefined
  }
}

/** Letters of one case, or capitals and numbers at the beginning of words: base64 of text is never so orderly for long. */
function isWord(digits: string): boolean {
  if (/^(?:[a-z]*|[A-Z]*)$/.test(digits)) return true
  return digits.split(/[-_/+]|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)/).every((part) => word.test(part))
}

const word = /^(?:[A-Z]?[a-z]{3,40}|\d{1,4}|)$/

function base32Text(value: string): string | undefined {
  const digits = value.toLowerCase().replace(/=+$/, '')
  if (!base32.test(value)) return undefined
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const digit of digits) {
    held = ((held << 5) | base32Digits.indexOf(digit)) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return readable(Uint8Array.from(bytes), 10)
}

function codesText(value: string): string | undefined {
  if (!codes.test(value)) return undefined
  const units = value.split(/\D/).map(Number)
  return units.every((unit) => unit < 256) ? readable(Uint8Array.from(units), 6) : undefined
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Text of at least so many bytes, most of them letters, digits and blanks. */
function readable(bytes: Uint8Array<ArrayBuffer>, least: number): string | undefined {
  if (bytes.length < least) return undefined
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return undefined
  }
  if (/[^\P{C}\t\n\r]/u.test(text)) return undefined
  const plain = text.replace(/[^\p{L}\p{N}\s]/gu, '').length
  return plain / text.length >= (text.length < 20 ? 0.75 : 0.6) ? text : undefined
}
