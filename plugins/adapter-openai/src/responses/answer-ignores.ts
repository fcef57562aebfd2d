import type { Ignore } from '@sluice/core'
import { FRAME_IGNORES, itemIgnores, rootIgnores, tokenIgnores } from './words.ts'

/** For responses, whole, and for the frames of streamed ones. */
export const ANSWER_IGNORES: readonly Ignore[] = [
  ...rootIgnores(''),
  ...rootIgnores('/response'),
  ...itemIgnores('/output/*', 'answer'),
  ...itemIgnores('/response/output/*', 'answer'),
  ...itemIgnores('/item', 'answer'),
  ...tokenIgnores('/output/*/content/*/logprobs'),
  ...tokenIgnores('/response/output/*/content/*/logprobs'),
  ...tokenIgnores('/item/content/*/logprobs'),
  ...tokenIgnores('/part/logprobs'),
  ...tokenIgnores('/logprobs'),
  ...FRAME_IGNORES,
]

/** For items as the provider keeps them: a list of them, or one. */
export const ITEMS_IGNORES: readonly Ignore[] = [
  ...rootIgnores(''),
  ...itemIgnores('', 'answer'),
  ...itemIgnores('/data/*', 'answer'),
  ...itemIgnores('/items/*', 'answer'),
  ...tokenIgnores('/content/*/logprobs'),
  ...tokenIgnores('/data/*/content/*/logprobs'),
  ...tokenIgnores('/items/*/content/*/logprobs'),
]
