import { decodeUtf8 } from '../file/strict-utf8.ts'
import { windowsOf } from '../file/windows.ts'
import type { Within } from '../inspect/segments.ts'
import { parseJson } from '../json/parse.ts'
import { mergeSpans, type Span } from '../json/spans.ts'
import { spansInJson } from '../json/splice.ts'
import { CombinedDecision } from '../policy/combine.ts'
import { blocks } from '../policy/severity.ts'
import type { Body } from '../protocol/body.ts'
import type { Detection } from '../protocol/finding.ts'
import type { Edit, Place } from '../protocol/place.ts'
import { FileEdits } from './file-edits.ts'
import type { FileJudge, JudgedFile } from './judge-file.ts'
import { noView } from './no-view.ts'
import { pause } from './pause.ts'
import { Refused } from './refusals.ts'
import { unredactable } from './unredactable.ts'

/** A file that is one JSON text: its strings are read. Known to parse, and to fit into memory. */
export async function judgeJson(file: FileJudge): Promise<JudgedFile | Refused> {
  const { exchange, source, start, end } = file
  const text = decodeUtf8(await source.read(start, end))
  const parsed = text === undefined ? undefined : parseJson(text, exchange.runtime.limits.maxDepth)
  if (text === undefined || parsed?.ok !== true) return new Refused('SLUICE_INTERNAL')
  const body: Body = { type: 'json', text, value: parsed.value }
  const run = new PiecesRun(file)
  const refused = await run.take(body, text, start, withinFile(file, ''), (edits) => spansInJson(text, edits))
  return refused ?? run.end()
}

/**
 * A text file of any length, read in windows. Neighbours overlap, and each reports what begins in its own part: what is
 * no longer than half of the overlap is found as in the whole.
 */
export async function judgeText(file: FileJudge): Promise<JudgedFile | Refused> {
  const { exchange, source, start, end, direction } = file
  const run = new PiecesRun(file)
  const rest = pause(exchange)
  for await (const { text, index, start: base, ownFrom, ownTo } of windowsOf(source, start, end)) {
    if (text.includes('\u0000')) exchange.draft.missed(direction, 'file', 'text that may be of another encoding')
    const counts = (detection: Detection): boolean => detection.start >= ownFrom && detection.start < ownTo
    const within = withinFile(file, `w${index}.`)
    const refused = await run.take({ type: 'text', text }, text, base, within, spansInPlain, counts)
    if (refused !== undefined) return refused
    if (!(await rest())) return new Refused('SLUICE_NOT_INSPECTED')
  }
  return run.end()
}

function withinFile({ part }: FileJudge, id: string): Within {
  const place: Place = { ...(part === undefined ? {} : { part }), pointer: '' }
  return { id, place }
}

function spansInPlain(edits: readonly Edit[]): readonly Span[] | undefined {
  const spans: Span[] = []
  for (const edit of edits) {
    if (edit.type !== 'text') return undefined
    spans.push({ start: edit.start, end: edit.end, replacement: edit.replacement })
  }
  return mergeSpans(spans)
}

class PiecesRun {
  private readonly file: FileJudge
  private readonly edits: FileEdits
  private readonly combined = new CombinedDecision()
  private stops = false

  constructor(file: FileJudge) {
    this.file = file
    this.edits = new FileEdits(file.boundary)
  }

  async take(
    body: Body,
    text: string,
    base: number,
    within: Within,
    spansOf: (edits: readonly Edit[]) => readonly Span[] | undefined,
    counts?: (detection: Detection) => boolean,
  ): Promise<Refused | undefined> {
    const { file } = this
    const { route } = file.exchange
    const piece = { route: route.lines ?? route, body, view: noView, within }
    const judged = await file.judge(counts === undefined ? piece : { ...piece, counts })
    if (judged instanceof Refused) return judged
    let { decision } = judged
    if (!blocks(decision.action) && judged.edits.length > 0) {
      const spans = spansOf(judged.edits)
      if (spans === undefined || !this.edits.add(text, spans, base)) decision = unredactable(decision)
    }
    this.combined.add(decision, { edits: false })
    if (blocks(decision.action)) this.stops = true
    return undefined
  }

  end(): JudgedFile {
    return { decision: this.combined.whole, spans: this.stops ? [] : this.edits.spans, blocked: [], stops: this.stops }
  }
}
