import type { Denial, Refusal, RefusalStyle } from '@sluice/core'
import { answerRefusal, streamRefusal } from './shapes.ts'

/** The blocked answer of chat, which the provider's clients take for a filtered completion. */
export function refuseChat(denial: Denial, how: RefusalStyle): Refusal {
  const { message, model, created } = denial
  const id = `chatcmpl-${denial.exchange}`
  if (how.stream) {
    const delta = { role: 'assistant', content: message }
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: 'content_filter' }]
    return streamRefusal(denial, how, { id, object: 'chat.completion.chunk', created, model, choices })
  }
  return answerRefusal({
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: message, refusal: null },
        logprobs: null,
        finish_reason: 'content_filter',
      },
    ],
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  })
}
