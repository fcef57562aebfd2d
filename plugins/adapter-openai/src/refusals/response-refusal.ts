import type { Denial, JsonObject, Refusal, RefusalStyle } from '@sluice/core'
import { answerRefusal } from './shapes.ts'

/**
 * The blocked answer of the Responses API, which its clients take for a filtered response. Its status is `completed`: of
 * `incomplete`, which the provider's filter gives, `@openai/agents` throws and Codex asks again. That it was filtered is
 * said beside. The message is `commentary`, no final answer: as one, `responses.parse` would take it for JSON and throw.
 */
export function refuseResponse(denial: Denial, how: RefusalStyle): Refusal {
  if (!how.stream) return answerRefusal(responseOf(denial, 'blocked'))
  const marked: JsonObject = { blocked: true, message: denial.message }
  const frames = how.frame === 'bare' ? [marked] : eventsOf(denial, marked)
  return { status: 200, contentType: 'text/event-stream; charset=utf-8', body: frames.map(frame).join('') }
}

const DETAILS = { reason: 'content_filter' }

function responseOf({ message, model, created, exchange }: Denial, state: 'begun' | 'blocked'): JsonObject {
  const isBlocked = state === 'blocked'
  return {
    id: `resp_${exchange}`,
    object: 'response',
    created_at: created,
    status: isBlocked ? 'completed' : 'in_progress',
    background: false,
    error: null,
    incomplete_details: isBlocked ? DETAILS : null,
    instructions: null,
    max_output_tokens: null,
    model,
    output: isBlocked ? [itemOf(exchange, [partOf(message)], 'completed')] : [],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: false,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: isBlocked ? USAGE : null,
    user: null,
    metadata: {},
  }
}

const USAGE: JsonObject = {
  input_tokens: 0,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 0,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 0,
}

function itemOf(exchange: string, content: JsonObject[], status: string): JsonObject {
  return { id: `msg_${exchange}`, type: 'message', status, role: 'assistant', phase: 'commentary', content }
}

function partOf(text: string): JsonObject {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}

/** The shortest sequence that is legal. The mark stands in its first event, before everything else. */
function eventsOf(denial: Denial, marked: JsonObject): JsonObject[] {
  const { message, exchange } = denial
  const at = { item_id: `msg_${exchange}`, output_index: 0, content_index: 0 }
  const item = itemOf(exchange, [partOf(message)], 'completed')
  const events: JsonObject[] = [
    { type: 'response.created', response: responseOf(denial, 'begun') },
    { type: 'response.in_progress', response: responseOf(denial, 'begun') },
    { type: 'response.output_item.added', output_index: 0, item: itemOf(exchange, [], 'in_progress') },
    { type: 'response.content_part.added', ...at, part: partOf('') },
    { type: 'response.output_text.delta', ...at, delta: message, logprobs: [] },
    { type: 'response.output_text.done', ...at, text: message, logprobs: [] },
    { type: 'response.content_part.done', ...at, part: partOf(message) },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: responseOf(denial, 'blocked') },
  ]
  return events.map((event, sequence_number) => ({ ...(sequence_number === 0 && marked), ...event, sequence_number }))
}

/** `data: ` is the first byte of the body, so an event's name follows its data. */
function frame(event: JsonObject): string {
  const name = typeof event['type'] === 'string' ? `event: ${event['type']}\n` : ''
  return `data: ${JSON.stringify(event)}\n${name}\n`
}
