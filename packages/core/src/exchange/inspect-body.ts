import { type Inspection, inspect } from '../inspect/inspection.ts'
import { type Declared, segmentsOf, type Within } from '../inspect/segments.ts'
import type { Body } from '../protocol/body.ts'
import type { Detection } from '../protocol/finding.ts'
import type { Place } from '../protocol/place.ts'
import type { CallContext } from '../protocol/plugin.ts'
import type { Direction, TextSegment } from '../protocol/segment.ts'
import type { BodyView } from '../protocol/view.ts'
import type { Draft } from '../record/draft.ts'
import type { Exchange } from './exchange.ts'
import { isPending } from './pending.ts'

/** A body, or a request inside one, whose text is to be placed. */
export interface Unplaced {
  readonly body: Body
  readonly view: BodyView
  readonly declared: Declared
  readonly query?: readonly (readonly [string, string])[]
  /** What stands there or below is left out. */
  readonly gone?: readonly Place[]
  readonly within?: Within
}

export interface Placed {
  readonly segments: readonly TextSegment[]
  /** All of it was placed: nothing is left out. */
  readonly complete: boolean
}

/** The text of one body, either way. What passes the bound of places is on record as not inspected. */
export function placeBody(draft: Draft, direction: Direction, text: Unplaced): Placed {
  let complete = true
  const onLimit = (): void => {
    complete = false
    draft.missed(direction, 'places-limit', 'more texts, or longer names, than can be placed')
  }
  const { body, view, declared, query = [], gone = [], within } = text
  const options = { gone, onLimit, ...(within === undefined ? {} : { within }) }
  return { segments: segmentsOf(body, view, declared, direction, query, options), complete }
}

export interface InspectOptions {
  /** Default: the exchange's own. */
  readonly context?: CallContext
  readonly counts?: ((detection: Detection) => boolean) | undefined
  /** It stands in another body, and has nothing to do with what was said there. Default false. */
  readonly nested?: boolean
}

/** Runs the detectors over one body, either way, and puts on record what was read and what was not. */
export async function inspectBody(
  exchange: Exchange,
  direction: Direction,
  segments: readonly TextSegment[],
  view: BodyView,
  { context, counts, nested = false }: InspectOptions = {},
): Promise<Inspection> {
  const { draft, ready } = exchange
  const said = nested ? undefined : exchange.said
  const own = exchange.inspection(direction, context)
  const setup = said === undefined ? own : { ...own, before: said.all }
  const inspecting = inspect(segments, view.toolCalls, setup)
  const inspected = isPending(inspecting) ? await inspecting : inspecting
  // An answer is the last that is said, but in a session.
  if (direction === 'ingress' || exchange.isSession) {
    said?.add({ segments, toolCalls: view.toolCalls, detections: inspected.detections })
  }
  const inspection = counts === undefined ? inspected : counted(inspected, counts, setup.from ?? 0)
  if (ready.app.detectors.length === 0) draft.missed(direction, 'everything', 'no detector is configured')
  else draft.inspected(direction, inspection, segments)
  for (const { content, reason } of view.opaque) exchange.missed(direction, content, reason)
  return inspection
}

/** Of what was found, what counts, numbered as if the rest had not been found. */
function counted(inspection: Inspection, counts: (detection: Detection) => boolean, from: number): Inspection {
  const { faults, refused, overLimit, inspected } = inspection
  const detections = inspection.detections
    .filter(counts)
    .map((detection, index) => ({ ...detection, id: `${detection.id.slice(0, 1)}${from + index}` }))
  return { detections, faults, refused, overLimit, inspected }
}
