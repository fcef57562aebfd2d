import { type Line, linesOf } from '../file/lines.ts'
import { decodeUtf8 } from '../file/strict-utf8.ts'
import { checkFields } from '../json/fields.ts'
import { parseJson } from '../json/parse.ts'
import { spansInJson } from '../json/splice.ts'
import { CombinedDecision } from '../policy/combine.ts'
import { blocks } from '../policy/severity.ts'
import type { JsonBody } from '../protocol/body.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Edit } from '../protocol/place.ts'
import type { BodyView } from '../protocol/view.ts'
import { FileEdits } from './file-edits.ts'
import type { FileJudge, JudgedFile, JudgedPiece } from './judge-file.ts'
import { findNested, maxNested } from './nested.ts'
import { type Numbered, refusedIn } from './numbered.ts'
import { pause } from './pause.ts'
import { Refused } from './refusals.ts'
import { unredactable } from './unredactable.ts'

const maxIdChars = 512
/** Each is kept until the exchange is on record. */
const maxToolsRemoved = 262_144
const maxRecordedLines = 100

/** Judges JSON Lines one by one. `requests`: each must hold one, and it is judged as if it had been sent alone. */
export async function judgeLines(file: FileJudge, kind: 'requests' | 'lines'): Promise<JudgedFile | Refused> {
  const { exchange, source, start, end } = file
  const run = new LinesRun(file, kind)
  const rest = pause(exchange)
  for await (const line of linesOf(source, start, end, exchange.runtime.limits.maxBodyBytes)) {
    const refused = await run.take(line)
    if (refused !== undefined) return refused
    if (!(await rest())) return new Refused('SLUICE_NOT_INSPECTED')
  }
  return run.end()
}

class LinesRun {
  private readonly file: FileJudge
  private readonly kind: 'requests' | 'lines'
  private readonly edits: FileEdits
  private readonly combined = new CombinedDecision()
  private readonly blocked: Numbered[] = []
  private readonly ids = new Map<string, number>()
  private readonly drops: boolean
  private stops = false
  private lines = 0
  private holdsRequests = false

  constructor(file: FileJudge, kind: 'requests' | 'lines') {
    this.file = file
    this.kind = kind
    this.edits = new FileEdits(file.boundary)
    this.drops = kind === 'requests' && file.exchange.ready.app.context.batchLines === 'drop'
  }

  /** Reads and judges a line. */
  async take(line: Line): Promise<Refused | undefined> {
    const at: Numbered = { what: 'line', index: line.index }
    this.lines += 1
    const body = this.read(line)
    if (body instanceof Refused) return refusedIn(body, at)
    const { operation } = this.file.exchange.route
    const view = operation.file?.readLine(body)
    if (view === undefined) return new Refused('SLUICE_INTERNAL')
    const [request] = view.nested ?? []
    const numbered: Numbered = request === undefined ? at : { ...at, id: request.id }
    const problem = this.requestProblem(body, view, line.index)
    if (problem !== undefined) return refusedIn(problem, numbered)
    const judged = await this.judge(body, view, line)
    if (judged instanceof Refused) return refusedIn(judged, numbered)
    this.act(judged, body, line, numbered)
    const { toolsRemoved } = this.file.exchange.draft
    return this.edits.isFull || toolsRemoved.length > maxToolsRemoved
      ? new Refused('SLUICE_NOT_INSPECTED', tooManyEdits)
      : undefined
  }

  end(): JudgedFile | Refused {
    const { exchange } = this.file
    if (this.kind === 'requests' && this.lines === 0) {
      return new Refused('SLUICE_BODY_MALFORMED', 'The file holds no request.')
    }
    const dropsAll = this.drops && this.blocked.length === this.lines
    const stops = this.stops || (this.blocked.length > 0 && (!this.drops || dropsAll))
    const dropped = stops || this.blocked.length === 0 ? undefined : this.blocked
    exchange.draft.fields.file = {
      read: this.holdsRequests ? 'requests' : 'lines',
      lines: this.lines,
      ...(dropped === undefined
        ? {}
        : {
            dropped: {
              count: dropped.length,
              lines: dropped.slice(0, maxRecordedLines).map(({ index }) => index),
            },
          }),
    }
    return { decision: this.combined.whole, spans: stops ? [] : this.edits.spans, blocked: this.blocked, stops }
  }

  private read({ text: bytes }: Line): JsonBody | Refused {
    const { limits } = this.file.exchange.runtime
    if (bytes === undefined) {
      return new Refused('SLUICE_BODY_TOO_LARGE', `A line is over the limit of ${limits.maxBodyBytes} bytes.`)
    }
    const text = decodeUtf8(bytes)
    if (text === undefined) return malformed('A line is not valid UTF-8.')
    const parsed = parseJson(text, limits.maxDepth)
    if (!parsed.ok) return malformed(`${parsed.message}.`)
    const { value } = parsed
    if (this.kind === 'requests' && readsAsSeveral(text)) return malformed('A line can be read as several.')
    return { type: 'json', text, value }
  }

  /** Why a line is not one request, where it must be. */
  private requestProblem({ value }: JsonBody, view: BodyView, index: number): Refused | undefined {
    const nested = view.nested ?? []
    if (nested.length > 0) this.holdsRequests = true
    if (this.kind !== 'requests') return undefined
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return malformed('A line must be an object.')
    const fields = this.file.exchange.route.lines?.fields
    const problem = fields === undefined ? undefined : checkFields(value, fields)
    if (problem !== undefined) return malformed(`A member of the line cannot be taken: ${problem}.`)
    const [request] = nested
    if (request === undefined) return malformed('A line must have custom_id, method, url and body.')
    if (request.id.length > maxIdChars) return malformed(`A custom_id is longer than ${maxIdChars} characters.`)
    const first = this.ids.get(request.id)
    if (first !== undefined) return malformed(`The custom_id of line ${first + 1} is given again.`)
    this.ids.set(request.id, index)
    return this.ids.size > maxNested ? malformed(`There are more than ${maxNested} requests.`) : undefined
  }

  /** What is about the request, and the request itself. */
  private async judge(body: JsonBody, view: BodyView, { index }: Line): Promise<JudgedPiece | Refused> {
    const { file } = this
    const { route } = file.exchange
    const place = { ...(file.part === undefined ? {} : { part: file.part }), line: index }
    const nested = view.nested ?? []
    const apart = nested.map(({ place: { pointer } }) => ({ pointer }))
    const within = { id: `l${index}.`, place: { ...place, pointer: '' as const } }
    const own = await file.judge({ route: route.lines ?? route, body, view, within, apart })
    if (own instanceof Refused || nested.length === 0) return own
    const combined = new CombinedDecision()
    combined.add(own.decision, { edits: false })
    const edits: Edit[] = [...own.edits]
    for (const [number, found] of findNested(body, nested).entries()) {
      if (found === undefined) return malformed('A request must be a JSON object.')
      const { pointer } = found.nested.place
      const piece = file.nested(found, { id: `l${index}.n${number}.`, place: { ...place, pointer } })
      const judged = piece instanceof Refused ? piece : await file.judge(piece)
      if (judged instanceof Refused) return judged
      combined.add(judged.decision, { edits: false })
      for (const edit of judged.edits) edits.push(edit)
    }
    return { decision: combined.whole, edits }
  }

  private act({ decision, edits }: JudgedPiece, { text }: JsonBody, line: Line, numbered: Numbered): void {
    let made: Decision = decision
    if (!blocks(decision.action) && edits.length > 0) {
      const spans = spansInJson(text, edits)
      if (spans === undefined || !this.edits.add(text, spans, line.start)) made = unredactable(decision)
    }
    this.combined.add(made, { edits: false })
    if (!blocks(made.action)) return
    this.blocked.push(numbered)
    // What a quarantine is for is not cut out and sent on.
    if (made.action !== 'BLOCK') this.stops = true
    if (this.drops) this.edits.cut(line.start, line.next)
  }
}

const tooManyEdits =
  'The file would have to be changed in more places than this gateway changes, and was not forwarded.'

/** Some readers take these for the end of a line; then what stands between two of them must not be a request. */
const otherLineEnds = /[\u0085\u2028\u2029]/

function readsAsSeveral(text: string): boolean {
  return otherLineEnds.test(text) && text.split(otherLineEnds).some((piece) => parseJson(piece, 512).ok)
}

function malformed(text: string): Refused {
  return new Refused('SLUICE_BODY_MALFORMED', text)
}
