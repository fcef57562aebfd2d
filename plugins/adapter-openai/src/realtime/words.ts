import type { Ignore, JsonObject, JsonPointer, Located } from '@sluice/core'
import { isId } from '../view/closed-words.ts'

const CLOSED = 'one of a closed set of words; any other value is named and inspected'
const ID = 'an id as the provider makes them; anything but one plain word is named and inspected'

/** Types of events, items, parts and sessions are words of the provider's own: letters, dots and underscores. */
const TYPES: ReadonlySet<string> = new Set(
  `
  conversation.created conversation.item.added conversation.item.create conversation.item.created
  conversation.item.delete conversation.item.deleted conversation.item.done
  conversation.item.input_audio_transcription.completed conversation.item.input_audio_transcription.delta
  conversation.item.input_audio_transcription.failed conversation.item.input_audio_transcription.segment
  conversation.item.retrieve conversation.item.retrieved conversation.item.truncate conversation.item.truncated
  error input_audio_buffer.append input_audio_buffer.clear input_audio_buffer.cleared input_audio_buffer.commit
  input_audio_buffer.committed input_audio_buffer.dtmf_event_received input_audio_buffer.speech_started
  input_audio_buffer.speech_stopped input_audio_buffer.timeout_triggered mcp_list_tools.completed
  mcp_list_tools.failed mcp_list_tools.in_progress output_audio_buffer.clear output_audio_buffer.cleared
  output_audio_buffer.started output_audio_buffer.stopped rate_limits.updated response.audio.delta
  response.audio.done response.audio_transcript.delta response.audio_transcript.done response.cancel
  response.cancelled response.content_part.added response.content_part.done response.create response.created
  response.done response.function_call_arguments.delta response.function_call_arguments.done
  response.mcp_call.completed response.mcp_call.failed response.mcp_call.in_progress
  response.mcp_call_arguments.delta response.mcp_call_arguments.done response.output_audio.delta
  response.output_audio.done response.output_audio_transcript.delta response.output_audio_transcript.done
  response.output_item.added response.output_item.done response.output_text.delta response.output_text.done
  response.text.delta response.text.done session.created session.update session.updated
  transcription_session.created transcription_session.update transcription_session.updated
  message function_call function_call_output item_reference mcp_approval_request mcp_approval_response mcp_call
  mcp_list_tools realtime transcription translation audio text input_audio input_image input_text output_audio
  output_text
`
    .trim()
    .split(/\s+/),
)
const OBJECTS: ReadonlySet<string> = new Set([
  'realtime.item',
  'realtime.response',
  'realtime.session',
  'realtime.transcription_session',
  'realtime.conversation',
])
const STATUSES: ReadonlySet<string> = new Set(['completed', 'cancelled', 'failed', 'incomplete', 'in_progress'])
const ROLES: ReadonlySet<string> = new Set(['system', 'user', 'assistant', 'developer'])

type Check = (text: string) => boolean

const CLOSED_WORDS: ReadonlyMap<string, Check> = new Map([
  ['type', (text) => TYPES.has(text)],
  ['object', (text) => OBJECTS.has(text)],
  ['status', (text) => STATUSES.has(text)],
  ['role', (text) => ROLES.has(text)],
])

const IDS: ReadonlyMap<string, Check> = new Map(
  ['id', 'event_id', 'item_id', 'previous_item_id', 'response_id', 'call_id', 'conversation_id'].map((name) => [
    name,
    isId,
  ]),
)

/** Where the members stand that are told apart by words alone. */
const CLIENT_PLACES = ['', '/item', '/item/content/*', '/response/input/*', '/response/input/*/content/*'] as const
const SERVER_PLACES = [
  '',
  '/item',
  '/item/content/*',
  '/part',
  '/response',
  '/response/output/*',
  '/response/output/*/content/*',
  '/session',
  '/conversation',
] as const

/** Ids in what a client sends are its own to choose, so they are inspected like any other text. */
export const CLIENT_IGNORES: readonly Ignore[] = ignoresAt(CLIENT_PLACES, CLOSED_WORDS, CLOSED)
export const SERVER_IGNORES: readonly Ignore[] = [
  ...ignoresAt(SERVER_PLACES, CLOSED_WORDS, CLOSED),
  ...ignoresAt(SERVER_PLACES, IDS, ID),
  { pointer: '/obfuscation', reason: 'random padding against traffic analysis, made by the provider' },
]

function ignoresAt(
  places: readonly JsonPointer[],
  words: ReadonlyMap<string, Check>,
  reason: string,
): readonly Ignore[] {
  return places.flatMap((place) => [...words.keys()].map((name) => ({ pointer: `${place}/${name}`, reason })))
}

/** Ignored members of what a client sent that hold something other than the word expected there. */
export function oddClientWords(object: JsonObject, at: JsonPointer): readonly Located<string>[] {
  return oddIn(object, at, [CLOSED_WORDS])
}

/** The same of what a server sent. */
export function oddServerWords(object: JsonObject, at: JsonPointer): readonly Located<string>[] {
  return oddIn(object, at, [CLOSED_WORDS, IDS])
}

function oddIn(
  object: JsonObject,
  at: JsonPointer,
  all: readonly ReadonlyMap<string, Check>[],
): readonly Located<string>[] {
  const odd: Located<string>[] = []
  for (const words of all) {
    for (const [name, isWord] of words) {
      const value = object[name]
      if (typeof value === 'string' && !isWord(value)) odd.push({ value, place: { pointer: `${at}/${name}` } })
    }
  }
  return odd
}
