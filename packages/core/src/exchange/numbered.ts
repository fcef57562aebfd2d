import type { NestedRequest } from '../protocol/view.ts'
import { Refused } from './refusals.ts'

/** How people are told of a request inside another, or of a line: by its number, from 1, and the client's word for it. */
export interface Numbered {
  readonly what: 'line' | 'request'
  /** From 0. */
  readonly index: number
  readonly id?: string
}

const maxListed = 20
const maxIdChars = 64

/** `line 900 (custom_id x)`. */
export function numberOf({ what, index, id }: Numbered): string {
  return `${what} ${index + 1}${id === undefined || id === '' ? '' : ` (custom_id ${shortId(id)})`}`
}

/** The first of them, and how many there are more. */
export function listOf(all: readonly Numbered[]): string {
  const more = all.length - maxListed
  return `${all.slice(0, maxListed).map(numberOf).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** A refusal of one of many: the same, and which. */
export function refusedIn(refused: Refused, at: Numbered): Refused {
  const number = numberOf(at)
  return new Refused(refused.code, `${refused.text} ${number.charAt(0).toUpperCase()}${number.slice(1)}.`)
}

export function numberedRequest({ id }: NestedRequest, index: number): Numbered {
  return { what: 'request', index, id }
}

/** Printable ASCII and not long, so that it can do no harm in a terminal. */
function shortId(id: string): string {
  const short = id.length > maxIdChars ? `${id.slice(0, maxIdChars)}...` : id
  return short.replace(/[^\x20-\x7e]/gu, '?')
}
