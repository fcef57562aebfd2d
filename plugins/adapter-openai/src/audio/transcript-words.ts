import type { Ignore, JsonObject, JsonPointer, Located } from '@sluice/core'
import { asArray, asObject } from '../json/read.ts'
import { isId } from '../view/closed-words.ts'

const EVENTS: ReadonlySet<string> = new Set([
  'transcript.text.delta',
  'transcript.text.segment',
  'transcript.text.done',
])
const USAGES: ReadonlySet<string> = new Set(['tokens', 'duration'])

const CLOSED = 'one of a closed set of words; any other value is named and inspected'
const ID = 'an id made by the provider; anything but one plain word is named and inspected'
const COPY = 'read joined, and inspected where it differs from the text it repeats'

/** For transcripts and for the frames of streamed ones. */
export const TRANSCRIPT_IGNORES: readonly Ignore[] = [
  { pointer: '/type', reason: CLOSED },
  { pointer: '/id', reason: ID },
  { pointer: '/segment_id', reason: ID },
  { pointer: '/usage/type', reason: CLOSED },
  { pointer: '/segments/*/type', reason: CLOSED },
  { pointer: '/segments/*/id', reason: ID },
  { pointer: '/logprobs/*/token', reason: COPY },
  { pointer: '/words/*/word', reason: COPY },
]

/** Ignored members that hold something other than the word expected there. */
export function oddTranscriptWords(root: JsonObject): Located<string>[] {
  const odd: Located<string>[] = []
  const check = (object: JsonObject, name: string, at: JsonPointer, isWord: (text: string) => boolean): void => {
    const value = object[name]
    if (typeof value === 'string' && !isWord(value)) odd.push({ value, place: { pointer: `${at}/${name}` } })
  }
  check(root, 'type', '', isEvent)
  check(root, 'id', '', isId)
  check(root, 'segment_id', '', isId)
  const usage = asObject(root['usage'])
  if (usage) check(usage, 'type', '/usage', (text) => USAGES.has(text))
  for (const [index, segment] of (asArray(root['segments']) ?? []).entries()) {
    const object = asObject(segment)
    if (!object) continue
    check(object, 'type', `/segments/${index}`, isEvent)
    check(object, 'id', `/segments/${index}`, isId)
  }
  return odd
}

function isEvent(text: string): boolean {
  return EVENTS.has(text)
}
