import type { Json, JsonObject } from '@sluice/core'

/** A whole message of the Anthropic API. */
export function message(content: readonly JsonObject[], more: JsonObject = {}): JsonObject {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-6',
    content,
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 9, output_tokens: 12 },
    ...more,
  }
}

/** The same as a stream; text, thought and input in pieces of so many UTF-16 units. */
export function messageStream(whole: JsonObject, piece: number): string {
  const { content, stop_reason, stop_sequence, usage, ...head } = whole
  const blocks = Array.isArray(content) ? content : []
  const events: JsonObject[] = [
    {
      type: 'message_start',
      message: { ...head, content: [], stop_reason: null, stop_sequence: null, usage: usage ?? null },
    },
    ...blocks.flatMap((block: JsonObject, index) => [
      { type: 'content_block_start', index, content_block: begun(block) },
      ...deltasOf(block, piece).map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    {
      type: 'message_delta',
      delta: { stop_reason: stop_reason ?? null, stop_sequence: null },
      usage: { output_tokens: 12 },
    },
    { type: 'message_stop' },
  ]
  return events.map((event) => `event: ${event['type']}\ndata: ${JSON.stringify(event)}\n\n`).join('')
}

function begun(block: JsonObject): JsonObject {
  const { text, thinking, input } = block
  return {
    ...block,
    ...(text === undefined ? {} : { text: '' }),
    ...(thinking === undefined ? {} : { thinking: '' }),
    ...(input === undefined ? {} : { input: {} }),
  }
}

function deltasOf({ text, thinking, input }: JsonObject, piece: number): readonly JsonObject[] {
  return [
    ...pieces(text, piece).map((part) => ({ type: 'text_delta', text: part })),
    ...pieces(thinking, piece).map((part) => ({ type: 'thinking_delta', thinking: part })),
    ...pieces(input === undefined ? undefined : JSON.stringify(input), piece).map((part) => {
      return { type: 'input_json_delta', partial_json: part }
    }),
  ]
}

function pieces(text: Json | undefined, size: number): readonly string[] {
  if (typeof text !== 'string') return []
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))
}
