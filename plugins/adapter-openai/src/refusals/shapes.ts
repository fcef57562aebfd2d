import type { Denial, JsonObject, Refusal, RefusalStyle } from '@sluice/core'

export function answerRefusal(answer: JsonObject): Refusal {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(answer) }
}

/**
 * `data: ` is the first byte of the body and `blocked` the first member. The bare frame alone makes the loops of the
 * official clients throw, so a whole chunk follows in the same object; `bare` is for clients that want nothing else.
 */
export function streamRefusal(denial: Denial, how: RefusalStyle, chunk: JsonObject): Refusal {
  const marked: JsonObject = { blocked: true, message: denial.message }
  const body =
    how.frame === 'bare'
      ? `data: ${JSON.stringify(marked)}\n\n`
      : `data: ${JSON.stringify({ ...marked, ...chunk })}\n\ndata: [DONE]\n\n`
  return { status: 200, contentType: 'text/event-stream; charset=utf-8', body }
}
