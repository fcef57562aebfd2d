import type { JsonType, KnownFields } from '@sluice/core'

const ANY: readonly JsonType[] = ['null', 'boolean', 'number', 'string', 'array', 'object']

/** Members that no reading hangs on. Their names are known; what type they must have is the provider's to say. */
export function namedOnly(pointers: readonly string[]): KnownFields {
  return Object.fromEntries(pointers.map((pointer) => [pointer, ANY]))
}

/** A member that holds an address, or an object with one. */
export function addressed(pointer: string): KnownFields {
  return { [pointer]: ['object', 'string', 'null'], [`${pointer}/url`]: ['string'] }
}

/** What every JSON request may have. `model` is not here: where it may be left out differs. */
export const COMMON_FIELDS: KnownFields = {
  '/models': ['array', 'null'],
  '/models/*': ['string'],
  '/stream': ['boolean', 'null'],
  '/user': ['string', 'null'],
  '/safety_identifier': ['string', 'null'],
}

export const SAMPLING_FIELDS: KnownFields = namedOnly([
  '/frequency_penalty',
  '/logit_bias',
  '/logprobs',
  '/max_tokens',
  '/metadata',
  '/n',
  '/presence_penalty',
  '/seed',
  '/stop',
  '/stream_options/include_obfuscation',
  '/stream_options/include_usage',
  '/temperature',
  '/top_p',
])
