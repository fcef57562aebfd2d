import type { Json, JsonObject, JsonPointer, Located } from '@sluice/core'
import { asArray, asObject, asString } from '../json/read.ts'

/** Tokens that spell out text once more. */
export interface TokenList {
  /** `logprobs`, `logprobs/top/0`: the name of its block, without the choice. */
  readonly block: string
  /** The block that the tokens repeat. */
  readonly of: 'content' | 'refusal' | 'text'
  readonly pieces: readonly Located<string>[]
}

/**
 * The tokens of log probabilities, joined as they would be read: the chosen ones, and of the alternatives the first of
 * each position, the second of each, and so on. One word of an alternative says nothing; a sentence may.
 */
export function tokenLists(logprobs: Json | undefined, at: JsonPointer): TokenList[] {
  const object = asObject(logprobs)
  if (!object) return []
  return [
    ...chosenAndAlternatives(object, 'content', 'logprobs', at),
    ...chosenAndAlternatives(object, 'refusal', 'logprobs/refusal', at),
    ...plainTokens(object, at),
  ]
}

function chosenAndAlternatives(
  logprobs: JsonObject,
  of: 'content' | 'refusal',
  block: string,
  at: JsonPointer,
): TokenList[] {
  const chosen: Located<string>[] = []
  const ranks: Located<string>[][] = []
  for (const [position, entry] of (asArray(logprobs[of]) ?? []).entries()) {
    const object = asObject(entry)
    const here: JsonPointer = `${at}/${of}/${position}`
    addToken(chosen, object, here)
    for (const [rank, alternative] of (asArray(object?.['top_logprobs']) ?? []).entries()) {
      let list = ranks[rank]
      if (!list) {
        list = []
        ranks[rank] = list
      }
      addToken(list, asObject(alternative), `${here}/top_logprobs/${rank}`)
    }
  }
  const lists: TokenList[] = []
  if (chosen.length > 0) lists.push({ block, of, pieces: chosen })
  for (const [rank, pieces] of ranks.entries()) {
    if (pieces.length > 0) lists.push({ block: `${block}/top/${rank}`, of, pieces })
  }
  return lists
}

function addToken(list: Located<string>[], entry: JsonObject | undefined, at: JsonPointer): void {
  const token = asString(entry?.['token'])
  if (token !== undefined && token !== '') list.push({ value: token, place: { pointer: `${at}/token` } })
}

/** The form of `/v1/completions`: a list of strings. */
function plainTokens(logprobs: JsonObject, at: JsonPointer): TokenList[] {
  const pieces: Located<string>[] = []
  for (const [index, token] of (asArray(logprobs['tokens']) ?? []).entries()) {
    if (typeof token === 'string' && token !== '') {
      pieces.push({ value: token, place: { pointer: `${at}/tokens/${index}` } })
    }
  }
  return pieces.length > 0 ? [{ block: 'logprobs', of: 'text', pieces }] : []
}
