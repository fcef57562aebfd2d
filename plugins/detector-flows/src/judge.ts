import type { Detection, Finding, Said, TextSegment, ToolCall } from '@sluice/core'
import { knownOf, saidIn } from './copied.ts'
import type { ReadyFlow } from './flow.ts'
import { leavesOf } from './leaves.ts'
import type { FlowType } from './types.ts'

export type PlacedFinding = Finding<FlowType> & { readonly segment: string }

/** What was said up to a call, in order. */
interface History {
  readonly segments: readonly TextSegment[]
  readonly detections: readonly Detection[]
}

/** Every call of what is judged now that one of the flows reaches. */
export function findFlows(
  flows: readonly ReadyFlow[],
  now: Said & { readonly before: Said },
): readonly PlacedFinding[] {
  const found: PlacedFinding[] = []
  for (const call of now.toolCalls) {
    const reached = flows.filter(({ isTarget }) => isTarget(call.name))
    if (reached.length === 0) continue
    const at = now.segments.findIndex((segment) => isArgumentsOf(segment, call))
    const place = now.segments[at] ?? now.segments.find(({ tool }) => tool?.name === call.name) ?? now.segments[0]
    if (place === undefined) continue
    const history = historyOf(now, at === -1 ? now.segments.length : at)
    for (const flow of reached) {
      const span = reaches(flow, call, history, place)
      if (span !== undefined) found.push(findingOf(flow, place, span))
    }
  }
  return found
}

function isArgumentsOf({ kind, tool, choice }: TextSegment, call: ToolCall): boolean {
  if (kind !== 'tool-arguments' || tool?.name !== call.name) return false
  return (tool.callId ?? '') === call.callId && (choice === undefined || choice === call.choice)
}

function historyOf({ segments, detections, before }: Said & { readonly before: Said }, at: number): History {
  const earlier = segments.slice(0, at)
  const ids = new Set(earlier.map(({ id }) => id))
  return {
    segments: [...before.segments, ...earlier],
    detections: [...before.detections, ...detections.filter(({ segment }) => ids.has(segment))],
  }
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Where in the arguments' text the flow ends; undefined: it does not reach the call. */
function reaches(flow: ReadyFlow, call: ToolCall, history: History, { text }: TextSegment): Span | undefined {
  const sources = sourcesOf(flow, history)
  if (sources.length === 0) return undefined
  if (!flow.isCopied) return { start: 0, end: text.length }
  const leaves = leavesOf(call.input ?? call.inputText)
  const known = knownOf(leaves.filter(({ name }) => flow.isArgument(name)))
  const copied = saidIn(sources, known)
  if (copied.size === 0) return undefined
  const whole = knownOf(leaves)
  const trusted = saidIn(
    history.segments.filter(({ kind }) => flow.trusted.has(kind)).map((segment) => segment.text),
    whole,
  )
  const { destinations } = whole
  const isNamed = destinations.length > 0 && destinations.every((value) => trusted.has(value))
  if (flow.letsNamed && isNamed) return undefined
  for (const value of copied) {
    // Sensitive data stays sensitive, whoever said it first.
    if (flow.from.type === 'detections' || !trusted.has(value)) {
      return spanOf(known.leaves.get(value)?.text ?? '', text)
    }
  }
  return undefined
}

function sourcesOf({ from }: ReadyFlow, { segments, detections }: History): readonly string[] {
  if (from.type === 'segments') {
    return segments
      .filter(({ kind, tool }) => kind === from.kind && (kind !== 'tool-result' || from.isTool(tool?.name ?? '')))
      .map(({ text }) => text)
  }
  const byId = new Map(segments.map((segment) => [segment.id, segment]))
  return detections
    .filter(({ type }) => from.isType(type))
    .map(({ segment, start, end }) => byId.get(segment)?.text.slice(start, end) ?? '')
}

/** The leaf as it is spelled in the JSON; all of it where it cannot be told. */
function spanOf(leaf: string, text: string): Span {
  const spelled = JSON.stringify(leaf).slice(1, -1)
  const start = spelled === '' ? -1 : text.indexOf(spelled)
  return start === -1 ? { start: 0, end: text.length } : { start, end: start + spelled.length }
}

function findingOf(flow: ReadyFlow, { id }: TextSegment, span: Span): PlacedFinding {
  return {
    type: flow.from.type === 'detections' ? 'EXFIL_SENSITIVE_FLOW' : 'TOOL_UNTRUSTED_FLOW',
    confidence: flow.isCopied ? 0.9 : 0.7,
    ...span,
    segment: id,
    ...(flow.severity === undefined ? {} : { severity: flow.severity }),
    data: { rule: flow.name, evidence: flow.isCopied ? 'copied' : 'followed' },
  }
}
