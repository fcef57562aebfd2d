import type { Denial, Refusal, RefusalStyle } from '@sluice/core'
import { answerRefusal, streamRefusal } from './shapes.ts'

/** The blocked answer of the older completions, whose chunks have the shape of whole answers. */
export function refuseCompletion(denial: Denial, how: RefusalStyle): Refusal {
  const { message, model, created } = denial
  const choices = [{ index: 0, text: message, logprobs: null, finish_reason: 'content_filter' }]
  const answer = { id: `cmpl-${denial.exchange}`, object: 'text_completion', created, model, choices }
  if (how.stream) return streamRefusal(denial, how, answer)
  return answerRefusal({ ...answer, usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } })
}
