import { type Inspection, inspect } from '../inspect/inspection.ts'
import { segmentsOf } from '../inspect/segments.ts'
import type { Body } from '../protocol/body.ts'
import type { Place } from '../protocol/place.ts'
import type { Direction, TextSegment } from '../protocol/segment.ts'
import type { BodyView } from '../protocol/view.ts'
import type { Exchange } from './exchange.ts'
import { isPending } from './pending.ts'

export interface Placed {
  readonly segments: readonly TextSegment[]
  /** All of it was placed: nothing is left out. */
  readonly complete: boolean
}

/** The text of one body, either way. What passes the bound of places is on record as not inspected. */
export function placeBody(
  { route, draft, query, isSession }: Exchange,
  direction: Direction,
  body: Body,
  view: BodyView,
  gone: readonly Place[],
): Placed {
  let complete = true
  const onLimit = (): void => {
    complete = false
    draft.missed(direction, 'places-limit', 'more texts, or longer names, than can be placed')
  }
  const isRequest = direction === 'ingress'
  const declared = isRequest ? route.request : route.response
  const outside = isRequest && !isSession ? query : []
  const segments = segmentsOf(body, view, declared, direction, outside, { gone, onLimit })
  return { segments, complete }
}

/** Runs the detectors over one body, either way, and puts on record what was read and what was not. */
export async function inspectBody(
  exchange: Exchange,
  direction: Direction,
  segments: readonly TextSegment[],
  view: BodyView,
): Promise<Inspection> {
  const { draft, ready } = exchange
  const inspecting = inspect(segments, view.toolCalls, exchange.inspection(direction))
  const inspection = isPending(inspecting) ? await inspecting : inspecting
  if (ready.app.detectors.length === 0) draft.missed(direction, 'everything', 'no detector is configured')
  else draft.inspected(direction, inspection, segments)
  for (const { content, reason } of view.opaque) exchange.missed(direction, content, reason)
  return inspection
}
