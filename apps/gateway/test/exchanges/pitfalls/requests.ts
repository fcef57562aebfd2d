import type { Json } from '@sluice/core'
// One request with everything each operation may hold: what the adapters' own tests go by.
import { COUNT, MESSAGE, BATCH as MESSAGE_BATCH } from '../../../../../plugins/adapter-anthropic/test/requests.ts'
import {
  BATCH,
  CHAT,
  COMPACTION,
  COMPLETION,
  CONVERSATION,
  CONVERSATION_ITEMS,
  CONVERSATION_UPDATE,
  EMBEDDING,
  MODERATION,
  RESPONSE,
  TOKEN_COUNT,
} from '../../../../../plugins/adapter-openai/test/requests.ts'

/** A part of a form: a field, or a file if it has a file name. */
export interface FormField {
  readonly name: string
  readonly filename?: string
  readonly value: string
}

export type Sample =
  | { readonly type: 'json'; readonly value: Json }
  | { readonly type: 'form'; readonly fields: readonly FormField[] }
  /** `path`: with its parameters filled in. */
  | { readonly type: 'none'; readonly path: string }

const audio: Sample = {
  type: 'form',
  fields: [
    { name: 'file', filename: 'speech.wav', value: 'RIFF' },
    { name: 'model', value: 'whisper-1' },
    { name: 'prompt', value: 'Names: Ada' },
    { name: 'language', value: 'en' },
    { name: 'response_format', value: 'json' },
    { name: 'temperature', value: '0' },
    { name: 'stream', value: 'false' },
    { name: 'include[]', value: 'logprobs' },
    { name: 'timestamp_granularities[]', value: 'word' },
    { name: 'chunking_strategy', value: 'auto' },
    { name: 'known_speaker_names[]', value: 'Ada' },
    { name: 'known_speaker_references[]', value: 'data:audio/wav;base64,UklGRg==' },
    { name: 'a field of tomorrow', value: 'x' },
  ],
}

const upload: Sample = {
  type: 'form',
  fields: [
    {
      name: 'file',
      filename: 'batch.jsonl',
      value: JSON.stringify({ custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body: CHAT }),
    },
    { name: 'purpose', value: 'batch' },
    { name: 'expires_after[anchor]', value: 'created_at' },
    { name: 'expires_after[seconds]', value: '3600' },
    { name: 'a field of tomorrow', value: 'x' },
  ],
}

/** By operation. An operation that is not here fails the census. */
export const samples: ReadonlyMap<string, Sample> = new Map<string, Sample>([
  ['chat.completions.create', { type: 'json', value: CHAT }],
  ['completions.create', { type: 'json', value: COMPLETION }],
  ['embeddings.create', { type: 'json', value: EMBEDDING }],
  ['moderations.create', { type: 'json', value: MODERATION }],
  ['batches.create', { type: 'json', value: BATCH }],
  ['audio.transcriptions.create', audio],
  ['audio.translations.create', audio],
  ['messages.create', { type: 'json', value: MESSAGE }],
  ['messages.count_tokens', { type: 'json', value: COUNT }],
  ['messages.batches.create', { type: 'json', value: MESSAGE_BATCH }],
  ['messages.batches.list', { type: 'none', path: '/v1/messages/batches' }],
  ['messages.batches.retrieve', { type: 'none', path: '/v1/messages/batches/{}' }],
  ['messages.batches.cancel', { type: 'none', path: '/v1/messages/batches/{}/cancel' }],
  ['messages.batches.delete', { type: 'none', path: '/v1/messages/batches/{}' }],
  ['messages.batches.results', { type: 'none', path: '/v1/messages/batches/{}/results' }],
  // Of both providers.
  ['models.list', { type: 'none', path: '/v1/models' }],
  ['models.retrieve', { type: 'none', path: '/v1/models/{}' }],
  ['batches.list', { type: 'none', path: '/v1/batches' }],
  ['batches.retrieve', { type: 'none', path: '/v1/batches/{}' }],
  ['batches.cancel', { type: 'none', path: '/v1/batches/{}/cancel' }],
  ['files.create', upload],
  ['files.list', { type: 'none', path: '/v1/files' }],
  ['files.retrieve', { type: 'none', path: '/v1/files/{}' }],
  ['files.delete', { type: 'none', path: '/v1/files/{}' }],
  ['files.content', { type: 'none', path: '/v1/files/{}/content' }],
  ['responses.create', { type: 'json', value: RESPONSE }],
  ['responses.compact', { type: 'json', value: COMPACTION }],
  ['responses.inputTokens.count', { type: 'json', value: TOKEN_COUNT }],
  ['responses.retrieve', { type: 'none', path: '/v1/responses/{}' }],
  ['responses.delete', { type: 'none', path: '/v1/responses/{}' }],
  ['responses.cancel', { type: 'none', path: '/v1/responses/{}/cancel' }],
  ['responses.inputItems.list', { type: 'none', path: '/v1/responses/{}/input_items' }],
  ['conversations.create', { type: 'json', value: CONVERSATION }],
  ['conversations.retrieve', { type: 'none', path: '/v1/conversations/{}' }],
  ['conversations.update', { type: 'json', value: CONVERSATION_UPDATE }],
  ['conversations.delete', { type: 'none', path: '/v1/conversations/{}' }],
  ['conversations.items.create', { type: 'json', value: CONVERSATION_ITEMS }],
  ['conversations.items.list', { type: 'none', path: '/v1/conversations/{}/items' }],
  ['conversations.items.retrieve', { type: 'none', path: '/v1/conversations/{}/items/{}' }],
  ['conversations.items.delete', { type: 'none', path: '/v1/conversations/{}/items/{}' }],
])

export const boundary = 'a1-boundary'

/** The form of RFC 7578. */
export function encodeForm(fields: readonly FormField[]): string {
  const parts = fields.map(({ name, filename, value }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"`
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`
  })
  return `${parts.join('')}--${boundary}--\r\n`
}

/** A copy with the value at a pointer changed: `undefined` adds a member of the name `name` to the object there. */
export interface Place {
  readonly pointer: string
  readonly path: readonly (string | number)[]
  readonly value: Json
}

/** Every place of a JSON value, containers included. */
export function placesOf(value: Json, path: readonly (string | number)[] = []): readonly Place[] {
  const pointer = path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  const inner =
    typeof value !== 'object' || value === null
      ? []
      : Array.isArray(value)
        ? value.flatMap((item, at) => placesOf(item, [...path, at]))
        : Object.entries(value).flatMap(([name, item]) => placesOf(item, [...path, name]))
  return [{ pointer, path, value }, ...inner]
}

/** A copy of a JSON value with the value at a path replaced. */
export function withValue(value: Json, path: readonly (string | number)[], put: (old: Json) => Json): Json {
  const [first, ...rest] = path
  if (first === undefined) return put(value)
  if (Array.isArray(value)) return value.map((item, at) => (at === first ? withValue(item, rest, put) : item))
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([name, item]) => [name, name === first ? withValue(item, rest, put) : item]),
  )
}
