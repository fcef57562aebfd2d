import type { Body } from '../protocol/body.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Edit } from '../protocol/place.ts'
import type { BodyView } from '../protocol/view.ts'
import { judgeCalls, nothingJudged } from '../tools/calls.ts'
import type { Exchange } from './exchange.ts'
import { inspectBody, placeBody } from './inspect-body.ts'
import { judged } from './judged.ts'
import { withStaleCopies } from './stale-copies.ts'

export interface Judged {
  readonly decision: Decision
  readonly edits: readonly Edit[]
  /** A plugin failed whose `onError` is `refuse`, or a limit that the content caused was passed while a rule could act. */
  readonly refused: boolean
}

/** Detection and policy over an answer, whole or accumulated: the same for both, so that the verdict is the same. */
export async function judgeResponse(
  exchange: Exchange,
  body: Body,
  view: BodyView,
  forwarded: ReadonlySet<string>,
): Promise<Judged> {
  const { ready, draft, context } = exchange
  draft.toolCalls = view.toolCalls
  draft.usage = view.usage
  const calls =
    view.toolCalls.length === 0 ? nothingJudged : await judgeCalls(view, forwarded, ready.app.toolFilters, context)
  draft.failed(calls.faults)

  const { segments, complete } = placeBody(exchange, 'egress', body, view, [])
  const inspection = await inspectBody(exchange, 'egress', segments, view)
  if (inspection.overLimit) draft.missed('egress', 'findings-limit', 'more findings than limits.maxFindings')

  const decision = judged(exchange, 'EGRESS', inspection.detections, calls.denials, segments)
  return {
    decision,
    edits: withStaleCopies(view, [...calls.edits, ...decision.edits]),
    refused: calls.refused || inspection.refused || ((inspection.overLimit || !complete) && ready.couldAct.EGRESS),
  }
}
