import { spliceJson } from '../json/splice.ts'
import { repeatedNames } from '../multipart/read.ts'
import { spliceMultipart } from '../multipart/splice.ts'
import { blocks } from '../policy/severity.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Edit } from '../protocol/place.ts'
import type { BodyView } from '../protocol/view.ts'
import { judgeResults, nothingJudged } from '../tools/calls.ts'
import { filterTools, nothingFiltered, repeatedTool } from '../tools/filter.ts'
import type { Exchange } from './exchange.ts'
import { fetchedProblem } from './fetched.ts'
import { inspectBody, placeBody } from './inspect-body.ts'
import { judged } from './judged.ts'
import type { ReadRequest } from './read-body.ts'
import { Refused } from './refusals.ts'
import { vetNames } from './vet-names.ts'

/** What of a request goes upstream. */
export interface Passed {
  readonly bytes: Uint8Array | undefined
  /** Tool names the model will know. */
  readonly forwarded: ReadonlySet<string>
}

const utf8 = new TextEncoder()

/** The model is named in JSON, in a form field or in the query: wherever it is, it must be allowed. */
export function modelProblem(exchange: Exchange, view: BodyView): Refused | undefined {
  const { allowedModels } = exchange.ready
  if (allowedModels === undefined) return undefined
  const named = view.models.map(({ value }) => value)
  for (const [name, value] of exchange.query) if (name.toLowerCase() === 'model') named.push(value)
  if (named.length === 0 && exchange.route.operation.model === 'required')
    return new Refused('SLUICE_MODEL_NOT_ALLOWED')
  return named.every((model) => allowedModels.has(model)) ? undefined : new Refused('SLUICE_MODEL_NOT_ALLOWED')
}

/** Tools, detection, policy and edits of a request. A blocked request is answered by the caller. */
export async function ingress(
  exchange: Exchange,
  read: ReadRequest,
  view: BodyView,
): Promise<Passed | Refused | 'blocked'> {
  const { ready, draft, context } = exchange
  const problem = ambiguity(exchange, read, view)
  if (problem !== undefined) return problem

  const { toolFilters } = ready.app
  const filtered = view.toolSets.length === 0 ? nothingFiltered : await filterTools(view, toolFilters, context)
  for (const { tool, code, filter } of filtered.removed) draft.toolsRemoved.push({ name: tool.name, code, filter })
  const results = view.toolResults.length === 0 ? nothingJudged : await judgeResults(view, toolFilters, context)
  draft.failed(filtered.faults)
  draft.failed(results.faults)
  if (filtered.refused || results.refused) return new Refused('SLUICE_NOT_INSPECTED')

  // What leaves the request is not sent, so it is not judged either.
  const gone = filtered.edits.map(({ place }) => place)
  const { segments, complete } = placeBody(exchange, 'ingress', read.body, view, gone)
  if (!complete && ready.couldAct.INGRESS) return new Refused('SLUICE_NOT_INSPECTED')
  const inspection = await inspectBody(exchange, 'ingress', segments, view)
  draft.stage('detect')
  if (inspection.refused) return new Refused('SLUICE_NOT_INSPECTED')
  if (inspection.overLimit) {
    if (ready.couldAct.INGRESS) return new Refused('SLUICE_NOT_INSPECTED')
    draft.missed('ingress', 'findings-limit', 'more findings than limits.maxFindings')
  }
  if (filtered.removed.length > 0) await vetNames(exchange)

  let decision = judged(exchange, 'INGRESS', inspection.detections, results.denials, segments)
  const edits = [...filtered.edits, ...decision.edits]
  const bytes = edits.length === 0 || blocks(decision.action) ? read.bytes : spliced(read, edits)
  if (bytes === undefined && edits.length > 0) decision = unredactable(decision)
  exchange.decided('INGRESS', decision, decision.action)
  if (blocks(decision.action)) return 'blocked'
  // Behind the decision: what was detected in the request is on record, whatever becomes of it.
  const unfetchable = fetchedProblem(view, ready.app.context, gone)
  if (unfetchable !== undefined) {
    await exchange.settle(false)
    return unfetchable
  }
  return { bytes, forwarded: filtered.forwarded }
}

function ambiguity({ ready }: Exchange, read: ReadRequest, view: BodyView): Refused | undefined {
  if (repeatedTool(view) !== undefined) return new Refused('SLUICE_TOOL_DUPLICATE')
  if (read.body.type === 'form') {
    const [twice] = repeatedNames(read.body.parts)
    if (twice !== undefined) return new Refused('SLUICE_BODY_MALFORMED', 'A field of the form is sent twice.')
  }
  if (ready.couldAct.INGRESS && view.opaque.some(({ content }) => content === 'tokens')) {
    return new Refused('SLUICE_OPAQUE_INPUT')
  }
  return undefined
}

/** No legal body would be left: what was to be redacted is blocked. */
export function unredactable(decision: Decision): Decision {
  return {
    ...decision,
    action: 'BLOCK',
    edits: [],
    matches: decision.matches.map((match) =>
      match.mode === 'enforce' && match.action.startsWith('REDACT') ? { ...match, widened: 'BLOCK' as const } : match,
    ),
  }
}

function spliced({ body, bytes, form }: ReadRequest, edits: readonly Edit[]): Uint8Array | undefined {
  if (body.type === 'json') {
    const text = spliceJson(body.text, edits)
    return text === undefined ? undefined : utf8.encode(text)
  }
  return form !== undefined && bytes !== undefined ? spliceMultipart(bytes, form, edits) : undefined
}
