import type { Exchange } from './exchange.ts'
import { listOf, type Numbered } from './numbered.ts'
import { Refused, refusalResponse, refusals } from './refusals.ts'

/** What is sent, or came back, does not go on. */
export class Blocked {
  /** The requests inside it, or the lines of its file, that a rule blocks. Empty: it is the whole as such. */
  readonly parts: readonly Numbered[]

  constructor(parts: readonly Numbered[] = []) {
    this.parts = parts
  }

  get message(): string {
    const { text } = refusals.SLUICE_BLOCKED
    return this.parts.length === 0 ? text : `${text}: ${listOf(this.parts)}`
  }
}

/** The answer to a blocked exchange, in the shape the provider's own clients understand. */
export function blockedResponse(exchange: Exchange, stream: boolean, { message }: Blocked = new Blocked()): Response {
  const { ready, draft, runtime, route } = exchange
  const { context } = ready.app
  const refusal =
    context.blockStatus === 451
      ? undefined
      : route.operation.refuse(
          {
            message,
            exchange: draft.id,
            model: draft.model ?? '',
            created: Math.floor(runtime.host.now() / 1000),
          },
          { stream, frame: context.blockedStream },
        )
  draft.outcome = 'blocked'
  draft.fields.code = 'SLUICE_BLOCKED'
  if (refusal === undefined) return refusalResponse(new Refused('SLUICE_BLOCKED', message), draft.id)
  return new Response(refusal.body, {
    status: refusal.status,
    headers: {
      'content-type': refusal.contentType,
      'x-should-retry': 'false',
      'x-sluice-exchange-id': draft.id,
    },
  })
}
