/** Words in a row by which a stretch of prose is known again. */
const rowOfWords = 6
/** Shorter strings are anybody's. */
const minimumUnits = 6
const minimumDigits = 5
/** Longer tokens are cut: what is the same up to here is the same. */
const longestToken = 512

const token = /[\p{L}\p{N}](?:[\p{L}\p{N}._%+:/@?&=#~$'-]*[\p{L}\p{N}])?/gu
const word = /[\p{L}\p{N}]+/gu
const unseen = /\p{Cf}/gu

/** Letters of one case and one form, without those that nobody sees. */
export function folded(text: string): string {
  return text.normalize('NFKC').replace(unseen, '').toLowerCase()
}

/**
 * Hands over, one by one, what of a text can be known again elsewhere: addresses, URLs and their hosts, numbers, identifiers,
 * paths, and six words in a row. `shorter` asks for rows of one to five words besides. Linear in the text.
 */
export function eachValue(text: string, shorter: boolean, take: (value: string) => void): void {
  const row: string[] = []
  let digits = ''
  for (const [found] of folded(text).matchAll(token)) {
    const one = found.length > longestToken ? found.slice(0, longestToken) : found
    if (isTelling(one)) eachPart(one, take)
    // A number may be written in groups.
    digits = /^[\p{L}]{0,2}[\d.-]+$/u.test(one) ? (digits + one.replace(/[.-]/g, '')).slice(-64) : ''
    if (digits.length >= minimumDigits) take(digits)
    for (const [each] of one.matchAll(word)) {
      row.push(each)
      if (row.length > rowOfWords) row.shift()
      if (row.length === rowOfWords) take(row.join(' '))
      if (shorter) for (let from = 1; from < rowOfWords && from <= row.length; from++) take(row.slice(-from).join(' '))
    }
  }
}

/** No word of a language: it has a digit or a mark in it, and is long enough to be nobody else's. */
function isTelling(one: string): boolean {
  return one.length >= minimumUnits && (/\d/.test(one) ? /\p{L}|[\d]{5}/u.test(one) : /[@/:_]|\.\p{L}/u.test(one))
}

function eachPart(one: string, take: (value: string) => void): void {
  take(one)
  const parts = one.split(/[/?&=#]+/)
  if (parts.length > 1) for (const part of parts) if (isTelling(part)) take(part)
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/.exec(one)?.[1]
  if (host !== undefined) take(host)
}

/** An address of mail, a host, a long number: where something can be sent. */
export function isDestination(value: string): boolean {
  return /^[^\s@/]+@[^\s@/]+\.[a-z]{2,}$|^(?:[a-z0-9-]+\.)+[a-z]{2,24}$|^[a-z]{0,2}\d{8,34}$/.test(value)
}
