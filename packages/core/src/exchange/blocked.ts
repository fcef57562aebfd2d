import type { Exchange } from './exchange.ts'
import { Refused, refusalResponse, refusals } from './refusals.ts'

/** The answer to a blocked exchange, in the shape the provider's own clients understand. */
export function blockedResponse(exchange: Exchange, stream: boolean): Response {
  const { ready, draft, runtime, route } = exchange
  const { context } = ready.app
  const refusal =
    context.blockStatus === 451
      ? undefined
      : route.operation.refuse(
          {
            message: refusals.SLUICE_BLOCKED.text,
            exchange: draft.id,
            model: draft.model ?? '',
            created: Math.floor(runtime.host.now() / 1000),
          },
          { stream, frame: context.blockedStream },
        )
  draft.outcome = 'blocked'
  draft.fields.code = 'SLUICE_BLOCKED'
  if (refusal === undefined) return refusalResponse(new Refused('SLUICE_BLOCKED'), draft.id)
  return new Response(refusal.body, {
    status: refusal.status,
    headers: {
      'content-type': refusal.contentType,
      'x-should-retry': 'false',
      'x-sluice-exchange-id': draft.id,
    },
  })
}
