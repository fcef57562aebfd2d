import type { Json, JsonObject } from '@sluice/core'
import { asArray, asObject } from '../json/read.ts'

/** How many answers a request asks for: `n`, or where it is more `best_of`, of which all but `n` are made and dropped. */
export function answersAsked(root: JsonObject): number {
  return Math.max(1, numberOf(root['n']), numberOf(root['best_of']))
}

/**
 * How many inputs stand in a list. It is itself one input where it holds the numbers of its tokens, or the parts of a
 * message.
 */
export function inputsIn(input: Json | undefined): number {
  const list = asArray(input) ?? []
  const areParts = list.every((item) => asObject(item) !== undefined)
  return areParts || list.every((item) => typeof item === 'number') ? 1 : list.length
}

/** Providers that are not strict take a number in a string for a number. */
function numberOf(value: Json | undefined): number {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && number > 1 ? Math.ceil(number) : 1
}
