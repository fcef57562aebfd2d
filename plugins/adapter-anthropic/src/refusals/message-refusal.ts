import type { Denial, JsonObject, Refusal, RefusalStyle } from '@sluice/core'

/** The blocked answer, which the provider's clients take for one that the model declined to give. */
export function refuseMessage(denial: Denial, how: RefusalStyle): Refusal {
  if (how.stream) return { status: 200, contentType: 'text/event-stream; charset=utf-8', body: streamed(denial, how) }
  const message = {
    ...opened(denial),
    content: [{ type: 'text', text: denial.message, citations: null }],
    ...ended(denial),
  }
  return { status: 200, contentType: 'application/json', body: JSON.stringify(message) }
}

/**
 * `data: ` is the first byte of the body and `blocked` the first member, as for every provider. The frame is a `ping`,
 * which clients of this provider pass by wherever it comes; the events of a whole message follow. `bare` is for clients
 * that want the two members and nothing else.
 */
function streamed(denial: Denial, how: RefusalStyle): string {
  const marked: JsonObject = { blocked: true, message: denial.message }
  if (how.frame === 'bare') return `data: ${JSON.stringify(marked)}\n\n`
  const events: readonly JsonObject[] = [
    { type: 'message_start', message: { ...opened(denial), content: [] } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: denial.message } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { ...ended(denial), container: null }, usage: { output_tokens: 0 } },
    { type: 'message_stop' },
  ]
  const ping = `data: ${JSON.stringify({ ...marked, type: 'ping' })}\nevent: ping\n\n`
  return ping + events.map((event) => `event: ${event['type']}\ndata: ${JSON.stringify(event)}\n\n`).join('')
}

/** A message before anything was said. */
function opened({ exchange, model }: Denial): JsonObject {
  return {
    id: `msg_${exchange}`,
    type: 'message',
    role: 'assistant',
    model,
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    usage: { input_tokens: 0, output_tokens: 0 },
  }
}

function ended({ message }: Denial): JsonObject {
  return {
    stop_reason: 'refusal',
    stop_sequence: null,
    stop_details: { type: 'refusal', category: null, explanation: message },
  }
}
