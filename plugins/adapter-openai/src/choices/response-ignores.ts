import type { Ignore } from '@sluice/core'
import { FILTER_IGNORES } from './filter-words.ts'

const CLOSED = 'one of a closed set of words; any other value is named and inspected'
const ID = 'an id made by the provider; anything but one plain word is named and inspected'
const TOKEN = 'read joined, and inspected where it differs from the text it repeats'

/** For answers and for the frames of streams: `choices/*` holds a `message` in the one and a `delta` in the other. */
export const CHOICES_IGNORES: readonly Ignore[] = [
  { pointer: '/id', reason: ID },
  { pointer: '/object', reason: CLOSED },
  { pointer: '/model', reason: 'the name of a model; anything but one plain word is named and inspected' },
  { pointer: '/system_fingerprint', reason: ID },
  { pointer: '/service_tier', reason: CLOSED },
  { pointer: '/obfuscation', reason: 'random padding against traffic analysis, made by the provider' },
  { pointer: '/choices/*/finish_reason', reason: CLOSED },
  { pointer: '/choices/*/*/role', reason: CLOSED },
  { pointer: '/choices/*/*/content/*/type', reason: CLOSED },
  { pointer: '/choices/*/*/audio/id', reason: ID },
  { pointer: '/choices/*/*/tool_calls/*/id', reason: ID },
  { pointer: '/choices/*/*/tool_calls/*/type', reason: CLOSED },
  { pointer: '/choices/*/logprobs/content/*/token', reason: TOKEN },
  { pointer: '/choices/*/logprobs/content/*/top_logprobs/*/token', reason: TOKEN },
  { pointer: '/choices/*/logprobs/refusal/*/token', reason: TOKEN },
  { pointer: '/choices/*/logprobs/refusal/*/top_logprobs/*/token', reason: TOKEN },
  { pointer: '/choices/*/logprobs/tokens/*', reason: TOKEN },
  ...FILTER_IGNORES,
]
