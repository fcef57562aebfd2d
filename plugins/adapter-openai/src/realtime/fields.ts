import type { JsonType, KnownFields } from '@sluice/core'
import { namedOnly } from '../view/common-fields.ts'

const TEXT: readonly JsonType[] = ['string', 'null']
const OBJECT: readonly JsonType[] = ['object', 'null']
const ARRAY: readonly JsonType[] = ['array', 'null']

/** The members of an item of a conversation, of any type. */
function itemFields(at: string): KnownFields {
  return {
    [at]: ['object'],
    [`${at}/type`]: ['string'],
    [`${at}/role`]: TEXT,
    [`${at}/content`]: ARRAY,
    [`${at}/content/*`]: ['object'],
    [`${at}/content/*/type`]: ['string'],
    [`${at}/content/*/text`]: TEXT,
    [`${at}/content/*/transcript`]: TEXT,
    [`${at}/content/*/audio`]: TEXT,
    [`${at}/content/*/image_url`]: TEXT,
    [`${at}/call_id`]: TEXT,
    [`${at}/name`]: TEXT,
    [`${at}/arguments`]: TEXT,
    [`${at}/output`]: TEXT,
    [`${at}/tools`]: ARRAY,
    ...namedOnly(['id', 'object', 'status', 'content/*/detail', 'reason', 'error'].map((name) => `${at}/${name}`)),
  }
}

/** What is set for a session, or for one response of it. */
function settingFields(at: string): KnownFields {
  return {
    [at]: OBJECT,
    [`${at}/model`]: TEXT,
    [`${at}/instructions`]: TEXT,
    [`${at}/tools`]: ARRAY,
    [`${at}/tools/*`]: ['object'],
    [`${at}/tools/*/type`]: ['string'],
    [`${at}/tools/*/name`]: TEXT,
    [`${at}/tools/*/description`]: TEXT,
    [`${at}/tools/*/server_url`]: TEXT,
    [`${at}/tools/*/connector_id`]: TEXT,
    [`${at}/tool_choice`]: ['string', 'object', 'null'],
    [`${at}/tool_choice/type`]: ['string'],
    [`${at}/tool_choice/name`]: TEXT,
    [`${at}/prompt`]: OBJECT,
    [`${at}/prompt/id`]: ['string'],
    [`${at}/prompt/variables`]: OBJECT,
    [`${at}/audio`]: OBJECT,
    [`${at}/audio/input`]: OBJECT,
    [`${at}/audio/input/transcription`]: OBJECT,
    [`${at}/audio/input/transcription/model`]: TEXT,
    [`${at}/audio/input/transcription/prompt`]: TEXT,
    [`${at}/input_audio_transcription`]: OBJECT,
    [`${at}/input_audio_transcription/model`]: TEXT,
    [`${at}/input_audio_transcription/prompt`]: TEXT,
    ...namedOnly(
      [
        'audio/input/format',
        'audio/input/noise_reduction',
        'audio/input/turn_detection',
        'audio/output',
        'conversation',
        'include',
        'input_audio_format',
        'input_audio_noise_reduction',
        'max_output_tokens',
        'max_response_output_tokens',
        'metadata',
        'modalities',
        'output_audio_format',
        'output_modalities',
        'parallel_tool_calls',
        'prompt/version',
        'reasoning',
        'speed',
        'temperature',
        'tools/*/parameters',
        'tracing',
        'truncation',
        'turn_detection',
        'type',
        'voice',
      ].map((name) => `${at}/${name}`),
    ),
  }
}

/** Of all that a client may send: what a message means stands in its `type`. */
export const CLIENT_FIELDS: KnownFields = {
  '/type': ['string'],
  '/audio': ['string'],
  ...itemFields('/item'),
  ...settingFields('/session'),
  ...settingFields('/response'),
  '/response/input': ARRAY,
  ...itemFields('/response/input/*'),
  ...namedOnly(['/event_id', '/item_id', '/previous_item_id', '/response_id', '/content_index', '/audio_end_ms']),
}
