/** A set of UTF-16 units, asked one unit at a time where a regular expression would cost a call. */
export interface CharSet {
  has(unit: number): boolean
}

/**
 * `spec` is the inside of a regular expression's character class: `A-Za-z0-9_`. Only ASCII can be listed; `nonAscii`
 * says whether everything else belongs.
 */
export function charSet(spec: string, options: { readonly nonAscii?: boolean } = {}): CharSet {
  const member = new RegExp(`[${spec}]`)
  const table = new Uint8Array(128)
  for (let unit = 0; unit < 128; unit++) table[unit] = member.test(String.fromCharCode(unit)) ? 1 : 0
  const nonAscii = options.nonAscii === true
  return { has: (unit) => (unit < 128 ? table[unit] === 1 : nonAscii) }
}

export const alphanumeric: CharSet = charSet('A-Za-z0-9')
export const digits: CharSet = charSet('0-9')
export const wordChars: CharSet = charSet('A-Za-z0-9_')
/** What tokens are made of: base64url, hex, and the separators vendors use. */
export const tokenChars: CharSet = charSet('A-Za-z0-9_\\-')
export const nothing: CharSet = { has: () => false }
