/** Fifteen ways to write the same so that who reads it as it stands does not see it. */
export type Perturbation = (text: string, random: () => number) => string

const leetOf: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' }
const lookAlikes: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', y: 'у', i: 'і' }
const emoji = ['😀', '🔥', '🚀', '✨', '🎉', '🙃']

const chars = (text: string, each: (char: string) => string): string => [...text].map(each).join('')
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const ascii = /^[!-~]$/

export const perturbations: Readonly<Record<string, Perturbation>> = {
  leet: (text) => chars(text, (char) => leetOf[char.toLowerCase()] ?? char),
  'spaced letters': (text) => [...text].join(' '),
  'zero-width': (text) => [...text].join('\u200b'),
  homoglyphs: (text) => chars(text, (char) => lookAlikes[char] ?? char),
  base64: (text) => Buffer.from(text).toString('base64'),
  rot13: (text) =>
    text.replace(/[a-z]/gi, (char) => {
      const base = char <= 'Z' ? 65 : 97
      return String.fromCharCode(((char.charCodeAt(0) - base + 13) % 26) + base)
    }),
  'alternating case': (text) =>
    [...text].map((char, at) => (at % 2 ? char.toUpperCase() : char.toLowerCase())).join(''),
  typos: (text, random) =>
    text.replace(/[A-Za-z]{4,}/g, (word) => {
      if (random() > 0.35) return word
      const at = 1 + Math.floor(random() * (word.length - 3))
      const kind = random()
      if (kind < 0.6) return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
      return kind < 0.8 ? word.slice(0, at) + word.slice(at + 1) : word.slice(0, at) + word.charAt(at) + word.slice(at)
    }),
  'split by marks': (text) => text.replace(/[A-Za-z]{3,}/g, (word) => [...word].join('-')),
  reversed: (text) => [...text].reverse().join(''),
  emoji: (text, random) => text.replace(/ /g, () => ` ${emoji[Math.floor(random() * emoji.length)]} `),
  'full width': (text) =>
    chars(text, (char) => (ascii.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char)),
  'html entities': (text) => chars(text, (char) => `&#${char.codePointAt(0)};`),
  'url encoding': (text) => [...utf8(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  hex: (text) => Buffer.from(text).toString('hex'),
}
