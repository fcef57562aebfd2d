import type { Json, JsonObject, JsonPointer, Located } from '@sluice/core'
import { asArray, asObject, asString } from '../json/read.ts'
import { bytesOf, type Spelling } from './token-bytes.ts'

/** Tokens that spell out text once more. */
export interface TokenList {
  /** `logprobs`, `logprobs/top/0`: the name of its block, without the choice. */
  readonly block: string
  /** The block that the tokens repeat. */
  readonly of: 'content' | 'refusal' | 'text'
  readonly pieces: readonly Located<string>[]
  /** The same tokens once more, in UTF-8, where they are given. */
  readonly bytes: readonly Spelling[]
  /** The block that the bytes repeat: of chosen tokens what was said, since a token may be a part of a character. */
  readonly bytesOf: string
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
  const chosen = emptyList(block, of, of)
  const ranks: MutableList[] = []
  for (const [position, entry] of (asArray(logprobs[of]) ?? []).entries()) {
    const object = asObject(entry)
    const here: JsonPointer = `${at}/${of}/${position}`
    addToken(chosen, object, here)
    for (const [rank, alternative] of (asArray(object?.['top_logprobs']) ?? []).entries()) {
      let list = ranks[rank]
      if (!list) {
        list = emptyList(`${block}/top/${rank}`, of, `${block}/top/${rank}`)
        ranks[rank] = list
      }
      addToken(list, asObject(alternative), `${here}/top_logprobs/${rank}`)
    }
  }
  return [chosen, ...ranks].filter(({ pieces, bytes }) => pieces.length > 0 || bytes.length > 0)
}

interface MutableList extends TokenList {
  readonly pieces: Located<string>[]
  readonly bytes: Spelling[]
}

function emptyList(block: string, of: TokenList['of'], bytesOf: string): MutableList {
  return { block, of, pieces: [], bytes: [], bytesOf }
}

function addToken({ pieces, bytes }: MutableList, entry: JsonObject | undefined, at: JsonPointer): void {
  const token = asString(entry?.['token'])
  if (token !== undefined && token !== '') pieces.push({ value: token, place: { pointer: `${at}/token` } })
  const spelling = bytesOf(entry, at)
  if (spelling) bytes.push(spelling)
}

/** The form of `/v1/completions`: a list of strings. */
function plainTokens(logprobs: JsonObject, at: JsonPointer): TokenList[] {
  const pieces: Located<string>[] = []
  for (const [index, token] of (asArray(logprobs['tokens']) ?? []).entries()) {
    if (typeof token === 'string' && token !== '') {
      pieces.push({ value: token, place: { pointer: `${at}/tokens/${index}` } })
    }
  }
  return pieces.length > 0 ? [{ block: 'logprobs', of: 'text', pieces, bytes: [], bytesOf: 'text' }] : []
}
