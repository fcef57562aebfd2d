import type { Json, Located } from '@sluice/core'
import { bytesOf, type Spelling } from '../choices/token-bytes.ts'
import { asArray, asObject, asString } from '../json/read.ts'

/** The tokens under `/logprobs`, in an answer and in a frame: as words, and once more as bytes. */
export interface TranscriptTokens {
  readonly pieces: readonly Located<string>[]
  readonly bytes: readonly Spelling[]
}

export function transcriptTokens(logprobs: Json | undefined): TranscriptTokens {
  const pieces: Located<string>[] = []
  const bytes: Spelling[] = []
  for (const [index, entry] of (asArray(logprobs) ?? []).entries()) {
    const object = asObject(entry)
    const token = asString(object?.['token'])
    if (token !== undefined && token !== '') {
      pieces.push({ value: token, place: { pointer: `/logprobs/${index}/token` } })
    }
    const spelling = bytesOf(object, `/logprobs/${index}`)
    if (spelling) bytes.push(spelling)
  }
  return { pieces, bytes }
}
