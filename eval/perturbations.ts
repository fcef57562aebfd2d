import { base64, fullWidth, hex, htmlDecimal, percent, zeroWidth } from './encodings.ts'
import { withLookalikes } from './lookalikes.ts'
import type { Random } from './random.ts'

const leet: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' }
const emoji = ['😀', '🔥', '✨', '🎉', '👀']
const words = (text: string, change: (word: string) => string): string => text.replace(/\p{L}{3,}/gu, change)

/** What people do to a prompt so that a filter does not know it and a model still does. */
export const perturbations: Readonly<Record<string, (text: string, random: Random) => string>> = {
  leet: (text) => text.replace(/[aeiost]/gi, (letter) => leet[letter.toLowerCase()] ?? letter),
  'spaced letters': (text) => words(text, (word) => Array.from(word).join(' ')),
  'zero-width between': zeroWidth,
  'look-alike letters': withLookalikes,
  base64,
  ROT13: (text) =>
    text.replace(/[a-z]/gi, (letter) => {
      const first = letter >= 'a' ? 97 : 65
      return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first)
    }),
  'alternating case': (text) => {
    let count = 0
    return text.replace(/\p{L}/gu, (letter) => (count++ % 2 === 0 ? letter.toLowerCase() : letter.toUpperCase()))
  },
  'swapped letters': (text, random) =>
    words(text, (word) => {
      if (word.length < 4 || random() < 0.5) return word
      const at = 1 + Math.floor(random() * (word.length - 3))
      return `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`
    }),
  'punctuation between': (text) => words(text, (word) => Array.from(word).join('.')),
  reversed: (text) => Array.from(text).reverse().join(''),
  'emoji between words': (text, random) =>
    text.replace(/ /g, () => ` ${emoji[Math.floor(random() * emoji.length)] ?? ''} `),
  'full width': fullWidth,
  'HTML decimal': htmlDecimal,
  percent,
  hex,
}
