import { editedBody } from '../file/edited.ts'
import { spliceJson } from '../json/splice.ts'
import type { ReadPart } from '../multipart/read.ts'
import { type ByteSpan, fieldSpans, spliceMultipart } from '../multipart/splice.ts'
import { CombinedDecision } from '../policy/combine.ts'
import { blocks } from '../policy/severity.ts'
import type { JsonBody } from '../protocol/body.ts'
import type { StreamedBody } from '../protocol/host.ts'
import type { Edit } from '../protocol/place.ts'
import type { BodyView, NestedRequest } from '../protocol/view.ts'
import { Blocked } from './blocked.ts'
import type { Exchange } from './exchange.ts'
import type { JudgedFile } from './judge-file.ts'
import { type JudgedRequest, judgeRequest } from './judge-request.ts'
import { judgeSentFile } from './judge-sent-file.ts'
import { askedNested, findNested, maxNested } from './nested.ts'
import { type Numbered, numberedRequest, refusedIn } from './numbered.ts'
import { pause } from './pause.ts'
import type { ReadRequest } from './read-body.ts'
import { Refused } from './refusals.ts'
import { unredactable } from './unredactable.ts'
import type { ReadUpload } from './upload.ts'
import { vetNames } from './vet-names.ts'

/** What of a request goes upstream. */
export interface Passed {
  readonly bytes: Uint8Array | StreamedBody | undefined
  /** Tool names the model will know. */
  readonly forwarded: ReadonlySet<string>
}

const utf8 = new TextEncoder()

/** Model, tools, detection, policy and edits of a request, of those inside it, and of the file it brings. */
export async function ingress(
  exchange: Exchange,
  read: ReadRequest | ReadUpload,
  view: BodyView,
): Promise<Passed | Refused | Blocked> {
  const { route, draft, query } = exchange
  const { body } = read
  const nested = view.nested ?? []
  if (nested.length > maxNested) {
    return new Refused('SLUICE_BODY_MALFORMED', `There are more than ${maxNested} requests.`)
  }
  const apart = nested.map(({ place }) => place)
  const own = await judgeRequest(exchange, { route, body, view, query, apart })
  if (own instanceof Refused) return own
  const inside = body.type === 'json' && nested.length > 0 ? await judgeNested(exchange, body, nested) : nothingInside
  if (inside instanceof Refused) return inside
  const file = 'spool' in read ? await judgeSentFile(exchange, read, view) : undefined
  if (file instanceof Refused) return file
  draft.stage('detect')
  if (draft.toolsRemoved.length > 0 && (inside !== nothingInside || file !== undefined)) await vetNames(exchange)

  const combined = new CombinedDecision()
  combined.add(own.decision, { edits: true })
  combined.add(inside.decision, { edits: true })
  if (file !== undefined) combined.add(file.decision, { edits: false })
  let decision = inside === nothingInside && file === undefined ? own.decision : combined.whole
  const edits = [...own.edits, ...inside.edits]
  const parts = [...inside.blocked, ...(file?.blocked ?? [])]
  // Lines that are left out are blocked, and what stays is not.
  let stops = blocks(own.decision.action) || blocks(inside.decision.action) || file?.stops === true
  const bytes = stops ? undefined : passedBytes(exchange, read, edits, file)
  if (bytes === 'illegal') {
    decision = unredactable(decision)
    stops = true
  }
  exchange.decided('INGRESS', decision, decision.action)
  if (stops || bytes === 'illegal') return new Blocked(parts)
  // Behind the decision: what was detected in the request is on record, whatever becomes of it.
  if (own.problem !== undefined) {
    // A session goes on, and is settled turn by turn.
    if (!exchange.isSession) await exchange.settle(false)
    return own.problem
  }
  return { bytes, forwarded: own.forwarded }
}

interface Inside extends Pick<JudgedRequest, 'decision' | 'edits'> {
  readonly blocked: readonly Numbered[]
}

const nothingInside: Inside = { decision: new CombinedDecision().whole, edits: [], blocked: [] }

/** Each request inside a body, as if it had been sent alone. */
async function judgeNested(
  exchange: Exchange,
  body: JsonBody,
  nested: readonly NestedRequest[],
): Promise<Inside | Refused> {
  const combined = new CombinedDecision()
  const edits: Edit[] = []
  const blocked: Numbered[] = []
  const ids = new Map<string, number>()
  const rest = pause(exchange)
  for (const [index, found] of findNested(body, nested).entries()) {
    const request = nested[index]
    if (request === undefined) break
    const number = numberedRequest(request, index)
    const first = ids.get(request.id)
    if (first !== undefined) {
      const twice = new Refused('SLUICE_BODY_MALFORMED', `The custom_id of request ${first + 1} is given again.`)
      return refusedIn(twice, number)
    }
    ids.set(request.id, index)
    if (found === undefined) {
      return refusedIn(new Refused('SLUICE_BODY_MALFORMED', 'The request is not a JSON object.'), number)
    }
    const asked = askedNested(exchange, found, { id: `n${index}.`, place: request.place })
    const judged = asked instanceof Refused ? asked : await judgeRequest(exchange, asked)
    if (judged instanceof Refused) return refusedIn(judged, number)
    if (judged.problem !== undefined) return refusedIn(judged.problem, number)
    combined.add(judged.decision, { edits: false })
    if (blocks(judged.decision.action)) blocked.push(number)
    else for (const edit of judged.edits) edits.push(edit)
    if (!(await rest())) return new Refused('SLUICE_NOT_INSPECTED')
  }
  return { decision: combined.whole, edits, blocked }
}

/** The bytes with their edits, all else as it came. */
function passedBytes(
  { life }: Exchange,
  read: ReadRequest | ReadUpload,
  edits: readonly Edit[],
  file: JudgedFile | undefined,
): Passed['bytes'] | 'illegal' {
  if ('spool' in read) {
    const fields = fieldSpans(read.form, edits)
    if (fields === undefined) return 'illegal'
    const spans = [...fields, ...filePartSpans(read.file.part, file?.spans ?? [])].sort((a, b) => a.start - b.start)
    // While it is sent, it is not the provider that is waited for.
    return editedBody(read.spool, spans, () => life.heard())
  }
  if (edits.length === 0) return read.bytes
  const { body, bytes, form } = read
  if (body.type === 'json') {
    const text = spliceJson(body.text, edits)
    return text === undefined ? 'illegal' : utf8.encode(text)
  }
  return (form !== undefined && bytes !== undefined ? spliceMultipart(bytes, form, edits) : undefined) ?? 'illegal'
}

/** What is changed of a file, and of the length that its part may tell. */
function filePartSpans(
  { lengthStart, lengthEnd, start, end }: ReadPart,
  spans: readonly ByteSpan[],
): readonly ByteSpan[] {
  if (spans.length === 0 || lengthStart === undefined || lengthEnd === undefined) return spans
  const length = spans.reduce((sum, span) => sum + span.bytes.length - (span.end - span.start), end - start)
  return [{ start: lengthStart, end: lengthEnd, bytes: utf8.encode(String(length)) }, ...spans]
}
