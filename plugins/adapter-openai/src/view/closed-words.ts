/**
 * Values of members that the operations declare as ignored. A reader that meets another value there names it as text,
 * so that an ignored member cannot carry a message.
 */
export const ROLES: ReadonlySet<string> = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function'])

export const PART_TYPES: ReadonlySet<string> = new Set([
  'text',
  'refusal',
  'image_url',
  'input_audio',
  'video_url',
  'audio_url',
  'image_embeds',
  'audio_embeds',
  'file',
  'input_text',
  'output_text',
  'input_image',
])

export const TOOL_TYPES: ReadonlySet<string> = new Set(['function', 'custom'])

export const FINISH_REASONS: ReadonlySet<string> = new Set([
  'stop',
  'length',
  'tool_calls',
  'function_call',
  'content_filter',
  'error',
])

export const INPUT_TYPES: ReadonlySet<string> = new Set(['text', 'image'])

export const OBJECTS: ReadonlySet<string> = new Set([
  'chat.completion',
  'chat.completion.chunk',
  'text_completion',
  'text_completion.chunk',
  'list',
  'embedding',
  'model',
  'batch',
  'error',
  'file',
])

export const SERVICE_TIERS: ReadonlySet<string> = new Set(['auto', 'default', 'flex', 'scale', 'priority', 'fast'])

/** An id as providers make them, or the name of a model: one word without a space, at most 128 characters. */
const ID = /^[A-Za-z0-9._:/@+-]{0,128}$/

export function isId(text: string): boolean {
  return ID.test(text)
}
