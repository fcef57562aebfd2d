import type { Fault } from '../inspect/inspection.ts'
import type { LoadedToolFilter } from '../protocol/exchange.ts'
import type { DetectionTypeSpec } from '../protocol/finding.ts'
import type { Edit, Place } from '../protocol/place.ts'
import type { CallContext } from '../protocol/plugin.ts'
import type { BodyView, NamedText, ToolCall } from '../protocol/view.ts'
import { judge } from './judge.ts'
import { toldBy } from './told-by.ts'

export type OwnDetectionType = 'TOOL_CALL_DENIED' | 'TOOL_CALL_UNDECLARED' | 'TOOL_RESULT_DENIED'

/** The detections that the gateway itself makes. */
export const ownDetectionTypes: Readonly<Record<OwnDetectionType, DetectionTypeSpec>> = {
  TOOL_CALL_DENIED: {
    message: 'The model called a tool that a tool filter denies.',
    severity: 'HIGH',
    riskDomain: 'AUTONOMOUS_ACTION',
    riskCategory: 'TOOL_MISUSE',
    dataClassification: 'NONE',
  },
  TOOL_CALL_UNDECLARED: {
    message: 'The model called a tool whose definition was not forwarded to it.',
    severity: 'MEDIUM',
    riskDomain: 'AUTONOMOUS_ACTION',
    riskCategory: 'TOOL_MISUSE',
    dataClassification: 'NONE',
  },
  TOOL_RESULT_DENIED: {
    message: 'A tool filter denies the result of a tool.',
    severity: 'HIGH',
    riskDomain: 'AUTONOMOUS_ACTION',
    riskCategory: 'TOOL_MISUSE',
    dataClassification: 'NONE',
  },
}

export interface ToolDenial {
  readonly type: OwnDetectionType
  readonly tool: string
  readonly code: string
  readonly filter: string
  /** A filter said so, or filters are configured: it acts without a rule. Else it is a detection like any other. */
  readonly acts: boolean
}

export interface JudgedCalls {
  readonly denials: readonly ToolDenial[]
  readonly edits: readonly Edit[]
  readonly faults: readonly Fault[]
  readonly refused: boolean
}

/** Where no tool was called, or no result is brought. */
export const nothingJudged: JudgedCalls = { denials: [], edits: [], faults: [], refused: false }

/** Judges the calls of an answer. A call to a tool whose definition was not forwarded is denied like a denied tool. */
export async function judgeCalls(
  view: BodyView,
  forwarded: ReadonlySet<string>,
  filters: readonly LoadedToolFilter[],
  context: CallContext,
): Promise<JudgedCalls> {
  const denials: ToolDenial[] = []
  const edits: Edit[] = []
  const faults: Fault[] = []
  let refused = false
  const late = new Set<LoadedToolFilter>()
  const places = new ArgumentPlaces(view)
  // An answer that is asked for later says itself which tools its request had.
  const told = new Set(view.toolSets.flatMap(({ tools }) => tools.map(toldBy)))
  for (const call of view.toolCalls) {
    const given = places.next(call)
    const name = call.definition ?? call.name
    if (!forwarded.has(name) && !told.has(name)) {
      const acts = filters.length > 0
      denials.push({
        type: 'TOOL_CALL_UNDECLARED',
        tool: call.name,
        code: 'TOOL_NOT_FORWARDED',
        filter: 'sluice',
        acts,
      })
      continue
    }
    const judgement = await judge(filters, 'call', call, context, late)
    faults.push(...judgement.faults)
    refused ||= judgement.refused
    const { verdict, filter } = judgement
    if (verdict?.type === 'deny') {
      denials.push({ type: 'TOOL_CALL_DENIED', tool: call.name, code: verdict.code, filter, acts: true })
    } else if (verdict?.type === 'rewrite') {
      if (given === undefined) {
        denials.push({
          type: 'TOOL_CALL_DENIED',
          tool: call.name,
          code: 'TOOL_CALL_NOT_REWRITABLE',
          filter,
          acts: true,
        })
      } else {
        const replacement = JSON.stringify(verdict.input)
        const { place, isValue } = given
        edits.push(
          isValue
            ? { type: 'replace', place, json: replacement }
            : { type: 'text', place, start: 0, end: call.inputText.length, replacement },
        )
      }
    }
  }
  return { denials, edits, faults, refused }
}

/** Judges the results that a request brings. */
export async function judgeResults(
  view: BodyView,
  filters: readonly LoadedToolFilter[],
  context: CallContext,
): Promise<JudgedCalls> {
  const denials: ToolDenial[] = []
  const faults: Fault[] = []
  let refused = false
  const late = new Set<LoadedToolFilter>()
  for (const result of view.toolResults) {
    const judgement = await judge(filters, 'result', result, context, late)
    faults.push(...judgement.faults)
    refused ||= judgement.refused
    const { verdict, filter } = judgement
    if (verdict?.type !== 'deny') continue
    denials.push({ type: 'TOOL_RESULT_DENIED', tool: result.name ?? '', code: verdict.code, filter, acts: true })
  }
  return { denials, edits: [], faults, refused }
}

/** Where the arguments of each call stand. Calls that are alike to the letter take the texts in their order. */
class ArgumentPlaces {
  private readonly texts: Map<string, NamedText[]> = new Map()

  constructor(view: BodyView) {
    if (view.toolCalls.length === 0) return
    for (const text of view.texts) {
      if (text.kind !== 'tool-arguments') continue
      const key = keyOf(text.choice ?? 0, text.tool?.callId ?? '', text.text)
      const alike = this.texts.get(key)
      if (alike === undefined) this.texts.set(key, [text])
      else alike.push(text)
    }
    for (const alike of this.texts.values()) alike.reverse()
  }

  /** Of the next such call; undefined where the arguments were read from no place, or from several. */
  next({ choice, callId, inputText }: ToolCall): { readonly place: Place; readonly isValue: boolean } | undefined {
    const text = this.texts.get(keyOf(choice, callId, inputText))?.pop()
    const place = text?.sources.length === 1 ? text.sources[0]?.place : undefined
    return place !== undefined && place.frame === undefined ? { place, isValue: text?.json === true } : undefined
  }
}

function keyOf(choice: number, callId: string, text: string): string {
  return `${choice} ${callId.length} ${callId} ${text}`
}
