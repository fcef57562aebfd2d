import { looksOf } from '../file/looks.ts'
import type { Within } from '../inspect/segments.ts'
import type { ByteSpan } from '../multipart/splice.ts'
import { undetected } from '../policy/decide.ts'
import type { Body } from '../protocol/body.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Detection } from '../protocol/finding.ts'
import type { ByteSource } from '../protocol/host.ts'
import type { Edit, Place } from '../protocol/place.ts'
import type { Direction } from '../protocol/segment.ts'
import type { BodyView } from '../protocol/view.ts'
import type { Exchange } from './exchange.ts'
import { judgeLines } from './judge-lines.ts'
import { judgeJson, judgeText } from './judge-text.ts'
import type { Found } from './nested.ts'
import type { Numbered } from './numbered.ts'
import type { Refused } from './refusals.ts'
import type { Route } from './routes.ts'

/** A piece of a file: what is read and judged at once. */
export interface Piece {
  readonly route: Route
  readonly body: Body
  readonly view: BodyView
  readonly within: Within
  readonly query?: readonly (readonly [string, string])[]
  readonly apart?: readonly Place[]
  readonly counts?: (detection: Detection) => boolean
}

export interface JudgedPiece {
  readonly decision: Decision
  readonly edits: readonly Edit[]
}

/** A file, which way it goes, and how its pieces are judged on that way. */
export interface FileJudge {
  readonly exchange: Exchange
  readonly direction: Direction
  readonly source: ByteSource
  /** Where the file lies in the source. */
  readonly start: number
  readonly end: number
  /** The part of the form that it is. */
  readonly part?: number
  /** The form's boundary: no edit may make one. */
  readonly boundary?: string
  judge(piece: Piece): Promise<JudgedPiece | Refused>
  /** A request, or an answer, inside a line. */
  nested(found: Found, within: Within): Piece | Refused
}

export interface JudgedFile {
  readonly decision: Decision
  /** What is changed of the source's bytes, in order and apart. */
  readonly spans: readonly ByteSpan[]
  /** Lines that a rule blocks. */
  readonly blocked: readonly Numbered[]
  /** It does not go on: not even without the lines that are blocked. */
  readonly stops: boolean
}

/** A file that nobody has said what it is: read as what it looks like. */
export async function judgeFile(whole: FileJudge): Promise<JudgedFile | Refused> {
  const judge = await withoutMark(whole)
  const { exchange, source, start, end, direction } = judge
  const { limits } = exchange.runtime
  const looks = await looksOf(source, start, end, { maxBytes: limits.maxBodyBytes, maxDepth: limits.maxDepth })
  if (looks === 'lines') return judgeLines(judge, 'lines')
  exchange.draft.fields.file = { read: looks }
  if (looks === 'json') return judgeJson(judge)
  if (looks === 'text') return judgeText(judge)
  exchange.draft.missed(direction, 'file', 'a file that is not text is not read')
  return { decision: undetected, spans: [], blocked: [], stops: false }
}

/** A byte order mark is no part of the text: many readers of JSON take it away, and then read what is behind it. */
async function withoutMark(file: FileJudge): Promise<FileJudge> {
  const { source, start, end } = file
  const [first, second, third] = await source.read(start, Math.min(end, start + 3))
  return first === 0xef && second === 0xbb && third === 0xbf ? { ...file, start: start + 3 } : file
}
