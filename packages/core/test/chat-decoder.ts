import { isJsonArray, isJsonObject } from '../src/json/type.ts'
import type { Json, JsonObject, JsonPointer } from '../src/protocol/json.ts'
import type { BlockKind, DecodedFrame, StreamDecoder, StreamEvent } from '../src/protocol/stream.ts'

const kinds: readonly (readonly [string, BlockKind])[] = [
  ['content', 'assistant'],
  ['refusal', 'refusal'],
]

/** Reads as much of the chat completions stream as the core's own tests need. */
export function createChatDecoder(): StreamDecoder {
  const started = new Set<string>()

  function start(block: string, choice: number, kind: BlockKind): readonly StreamEvent[] {
    if (started.has(block)) return []
    started.add(block)
    return [{ type: 'block-start', block, choice, kind }]
  }

  function readChoice(choice: JsonObject, at: JsonPointer): readonly StreamEvent[] {
    const index = typeof choice['index'] === 'number' ? choice['index'] : 0
    const events: StreamEvent[] = []
    const delta = objectAt(choice, 'delta')
    for (const [name, kind] of kinds) {
      const text = delta[name]
      if (typeof text !== 'string') continue
      const block = `${index}/${name}`
      events.push(...start(block, index, kind))
      events.push({ type: 'block-delta', block, delta: text, pointer: `${at}/delta/${name}` })
    }
    const calls = delta['tool_calls']
    for (const [position, call] of (isJsonArray(calls) ? calls : []).entries()) {
      if (!isJsonObject(call)) continue
      const pointer: JsonPointer = `${at}/delta/tool_calls/${position}`
      const block = `${index}/call/${call['index']}`
      events.push(...start(block, index, 'tool-arguments'))
      const { name, arguments: input } = objectAt(call, 'function')
      if (typeof call['id'] === 'string')
        events.push({ type: 'tool-delta', block, callId: call['id'], pointer: `${pointer}/id` })
      if (typeof name === 'string')
        events.push({ type: 'tool-delta', block, name, pointer: `${pointer}/function/name` })
      if (typeof input === 'string') {
        events.push({ type: 'block-delta', block, delta: input, pointer: `${pointer}/function/arguments` })
      }
    }
    if (typeof choice['finish_reason'] === 'string') {
      events.push({ type: 'response-end', choice: index, finish: { reason: 'stop', raw: choice['finish_reason'] } })
    }
    return events
  }

  return {
    decode({ data, value }): DecodedFrame {
      if (data === '[DONE]') return { events: [{ type: 'stream-end' }], claims: [''] }
      if (!isJsonObject(value)) return { events: [] }
      const events: StreamEvent[] = []
      const choices = value['choices']
      for (const [position, choice] of (isJsonArray(choices) ? choices : []).entries()) {
        if (isJsonObject(choice)) events.push(...readChoice(choice, `/choices/${position}`))
      }
      const padding: readonly JsonPointer[] = typeof value['obfuscation'] === 'string' ? ['/obfuscation'] : []
      if (events.length > 0 && events.every(({ type }) => type === 'block-delta')) return { events, holes: padding }
      return { events, claims: padding }
    },
    end: () => [],
  }
}

function objectAt(value: JsonObject, name: string): JsonObject {
  const member: Json | undefined = value[name]
  return isJsonObject(member) ? member : {}
}
