import type { Json, JsonPointer, Located } from '@sluice/core'
import { asObject, asString, elementsOf, member } from '../json/read.ts'

/**
 * The prompt, token by token, as vLLM gives it back (`prompt_logprobs`): a list with a map of tokens for each position.
 * Joined as they would be read, the first of each position, the second of each, and so on: exact where there is one.
 */
export function promptTokens(value: Json | undefined, at: JsonPointer): readonly (readonly Located<string>[])[] {
  if (value === undefined || value === null) return none
  const lists: Located<string>[][] = []
  for (const [position, item] of elementsOf(value).entries()) {
    for (const [rank, [id, entry]] of Object.entries(asObject(item) ?? {}).entries()) {
      const token = asString(asObject(entry)?.['decoded_token'])
      if (token === undefined || token === '') continue
      const place = { pointer: `${member(`${at}/${position}`, id)}/decoded_token` as const }
      const list = lists[rank] ?? []
      list.push({ value: token, place })
      lists[rank] = list
    }
  }
  return lists.filter((list) => list !== undefined)
}

const none: readonly (readonly Located<string>[])[] = []
