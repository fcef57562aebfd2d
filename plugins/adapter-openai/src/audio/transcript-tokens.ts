import type { Json, Located } from '@sluice/core'
import { asArray, asObject, asString } from '../json/read.ts'

/** The tokens under `/logprobs`, in an answer and in a frame. */
export function transcriptTokens(logprobs: Json | undefined): Located<string>[] {
  const tokens: Located<string>[] = []
  for (const [index, entry] of (asArray(logprobs) ?? []).entries()) {
    const token = asString(asObject(entry)?.['token'])
    if (token !== undefined && token !== '') {
      tokens.push({ value: token, place: { pointer: `/logprobs/${index}/token` } })
    }
  }
  return tokens
}
