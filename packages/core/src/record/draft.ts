import type { Fault, Inspection } from '../inspect/inspection.ts'
import { isJoined } from '../inspect/segments.ts'
import { stricter } from '../policy/severity.ts'
import type {
  AuditEvent,
  ExchangeRecord,
  NotInspected,
  Outcome,
  RecordedDecision,
  SegmentCount,
} from '../protocol/audit.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Detection, Lifecycle } from '../protocol/finding.ts'
import type { Action } from '../protocol/policy.ts'
import type { Direction, TextSegment } from '../protocol/segment.ts'
import type { ToolCall, Usage } from '../protocol/view.ts'
import { RecordedNames } from './recorded-names.ts'

type Writable<T> = { -readonly [Name in keyof T]: T[Name] }

/** What a tool filter judges, and which way that goes. */
const filterHooks: ReadonlyMap<string, Direction> = new Map([
  ['define', 'ingress'],
  ['result', 'ingress'],
  ['call', 'egress'],
])
const plainMethod = /^[A-Z]{1,16}$/

/** The record of one exchange while it is under way. Every step writes what it did; `event` is taken once. */
export class Draft {
  readonly id: string
  readonly startedAt: number
  subject: string | undefined
  readonly names: RecordedNames = new RecordedNames()
  readonly fields: Writable<
    Pick<
      ExchangeRecord,
      | 'code'
      | 'status'
      | 'key'
      | 'actor'
      | 'session'
      | 'adapter'
      | 'operation'
      | 'path'
      | 'policy'
      | 'risk'
      | 'trust'
      | 'upstream'
      | 'file'
      | 'repeated'
      | 'fingerprintKey'
    >
  > = {}
  outcome: Outcome = 'failed'
  opaqueRoute = false
  inSession = false
  stream = false
  model: string | undefined
  readonly decisions: RecordedDecision[] = []
  readonly detections: Detection[] = []
  /** How many of them there are of each lifecycle. */
  readonly found: Record<Lifecycle, number> = { INGRESS: 0, EGRESS: 0 }
  readonly faults: Fault[] = []
  readonly notInspected: NotInspected[] = []
  readonly toolsRemoved: { name: string; code: string; filter: string }[] = []
  toolCalls: readonly ToolCall[] = []
  usage: Usage | undefined
  requestBytes = 0
  responseBytes = 0
  /** What `fold` has left out. */
  private readonly dropped: Map<string, number> = new Map()
  private toolsDropped = 0
  private readonly counts: Writable<SegmentCount>[] = []
  private policyAction: Action | undefined
  private readonly ms: Record<string, number> = {}
  private readonly method: string
  private readonly clock: () => number
  private readonly began: number
  private last: number

  constructor(id: string, method: string, now: number, clock: () => number) {
    this.id = id
    this.method = method
    this.startedAt = now
    this.clock = clock
    this.began = clock()
    this.last = this.began
  }

  /** Ends a stage: the time since the last one ended is its. Within a session none ends: messages come when they come. */
  stage(name: string): void {
    if (this.inSession) return
    const now = this.clock()
    this.ms[name] = round((this.ms[name] ?? 0) + now - this.last)
    this.last = now
  }

  inspected(direction: Direction, inspection: Inspection, segments: readonly TextSegment[]): void {
    this.detected(inspection.detections)
    this.failed(inspection.faults)
    if (inspection.detections.length > 0) {
      const byId = new Map(segments.map((segment) => [segment.id, segment]))
      for (const { segment, start, end } of inspection.detections) {
        this.names.flag(byId.get(segment)?.text.slice(start, end) ?? '')
      }
    }
    for (const segment of segments) {
      if (isJoined(segment)) continue
      if (!inspection.inspected.has(segment)) {
        // What nobody has read is not recorded as a name either.
        this.names.flag(segment.text)
        this.missed(direction, segment.kind, 'no detector read it to its end')
        continue
      }
      this.count(segment)
    }
    for (const { plugin, code } of inspection.faults) {
      this.missed(direction, 'detector-failed', `${plugin}: ${code}`)
    }
  }

  /** A detector has read something of this direction to its end. */
  hasRead(direction: Direction): boolean {
    return this.counts.some((count) => count.direction === direction)
  }

  private inspection(): 'inspected' | 'partly inspected' | 'not inspected' {
    if (this.counts.length === 0) return 'not inspected'
    return this.notInspected.length === 0 ? 'inspected' : 'partly inspected'
  }

  private count({ direction, kind, text }: TextSegment): void {
    for (const count of this.counts) {
      if (count.kind !== kind || count.direction !== direction) continue
      count.segments += 1
      count.chars += text.length
      return
    }
    this.counts.push({ direction, kind, segments: 1, chars: text.length })
  }

  detected(detections: readonly Detection[]): void {
    for (const detection of detections) {
      this.detections.push(detection)
      this.found[detection.lifecycle] += 1
    }
  }

  /** A filter may fail at each of a thousand tools: that is one fault of its. */
  failed(faults: readonly Fault[]): void {
    for (const { plugin, hook, code } of faults) {
      const known = this.faults.some((fault) => fault.plugin === plugin && fault.hook === hook && fault.code === code)
      if (known) continue
      this.faults.push({ plugin, hook, code })
      const direction = filterHooks.get(hook)
      if (direction !== undefined) this.missed(direction, 'filter-failed', `${plugin}: ${code}`)
    }
  }

  missed(direction: Direction, content: string, reason: string): void {
    const at = this.notInspected.findIndex(
      (missed) => missed.direction === direction && missed.content === content && missed.reason === reason,
    )
    const known = this.notInspected[at]
    if (known === undefined) this.notInspected.push({ direction, content, reason, count: 1 })
    else this.notInspected[at] = { ...known, count: known.count + 1 }
  }

  decided(lifecycle: Lifecycle, decision: Decision, effectiveAction: Action): void {
    if (decision.matches.length === 0 && decision.action === 'ALLOW') return
    const { action, shadow, matches } = decision
    this.decisions.push({ lifecycle, action, effectiveAction, shadow, matches })
    if (decision.policy === undefined) return
    if (this.policyAction !== undefined && stricter(this.policyAction, action) === this.policyAction) return
    this.policyAction = action
    this.fields.policy = decision.policy
  }

  /** Of a session that goes on for hours: keeps no more than will be written, and counts the rest. */
  fold(max: number): void {
    const { kept, dropped } = bounded(this.detections, this.decisions, max)
    for (const [type, count] of dropped) this.dropped.set(type, (this.dropped.get(type) ?? 0) + count)
    if (dropped.size > 0) this.detections.splice(0, this.detections.length, ...kept)
    const decisions = decisionsOn(kept, merged(this.decisions))
    this.decisions.splice(0, this.decisions.length, ...decisions)
    const { toolsRemoved, toolCalls } = this
    this.toolsDropped += Math.max(0, toolsRemoved.length - max) + Math.max(0, toolCalls.length - max)
    toolsRemoved.splice(max)
    this.toolCalls = toolCalls.slice(0, max)
  }

  /** `max`: of detections, and of tools and calls. What policy acted on is written first; the rest is counted. */
  event(source: string, max: number): AuditEvent {
    this.ms['total'] = round(this.clock() - this.began)
    const { kept, dropped } = bounded(this.detections, this.decisions, max)
    const { fields, names, decisions } = this
    let action: Action = 'ALLOW'
    let effectiveAction: Action = 'ALLOW'
    for (const decision of decisions) {
      action = stricter(action, decision.action)
      effectiveAction = stricter(effectiveAction, decision.effectiveAction)
    }
    const data: Writable<ExchangeRecord> = {
      outcome: this.outcome,
      ...fields,
      method: plainMethod.test(this.method) ? this.method : 'OTHER',
      stream: this.stream,
      segments: { inspected: this.counts, notInspected: this.notInspected },
      detections: kept.map((detection) => names.detection(detection)),
      decisions: decisions.length === 0 ? decisions : decisionsOn(kept, decisions),
      action,
      effectiveAction,
      toolsRemoved: this.toolsRemoved.slice(0, max).map((tool) => ({ ...tool, name: names.name(tool.name) })),
      toolCalls: this.toolCalls.slice(0, max).map(({ name, callId, choice }) => {
        return { name: names.name(name), callId: names.name(callId), choice }
      }),
      bytes: { request: this.requestBytes, response: this.responseBytes },
      ms: this.ms,
      faults: this.faults,
    }
    if (fields.operation !== undefined) {
      data.inspection = this.opaqueRoute ? 'opaque' : this.inspection()
    }
    if (this.model !== undefined) data.model = names.name(this.model)
    for (const [type, count] of this.dropped) dropped.set(type, (dropped.get(type) ?? 0) + count)
    if (dropped.size > 0) data.detectionsDropped = Object.fromEntries(dropped)
    const toolsDropped =
      this.toolsDropped + Math.max(0, this.toolsRemoved.length - max) + Math.max(0, this.toolCalls.length - max)
    if (toolsDropped > 0) data.toolsDropped = toolsDropped
    if (this.usage !== undefined) data.usage = numbersOf(this.usage)
    const event: Writable<AuditEvent> = {
      specversion: '1.0',
      id: this.id,
      source,
      type: 'sluice.exchange.v1',
      time: new Date(this.startedAt).toISOString(),
      datacontenttype: 'application/json',
      data,
    }
    if (this.subject !== undefined) event.subject = this.subject
    return event
  }
}

/** One decision for each direction. */
function merged(decisions: readonly RecordedDecision[]): readonly RecordedDecision[] {
  const byLifecycle = new Map<Lifecycle, RecordedDecision>()
  for (const decision of decisions) {
    const { lifecycle } = decision
    const known = byLifecycle.get(lifecycle)
    byLifecycle.set(
      lifecycle,
      known === undefined
        ? decision
        : {
            lifecycle,
            action: stricter(known.action, decision.action),
            effectiveAction: stricter(known.effectiveAction, decision.effectiveAction),
            shadow: stricter(known.shadow, decision.shadow),
            matches: [...known.matches, ...decision.matches],
          },
    )
  }
  return [...byLifecycle.values()]
}

/** Of what the rules matched, what is recorded. */
function decisionsOn(kept: readonly Detection[], decisions: readonly RecordedDecision[]): readonly RecordedDecision[] {
  const ids = new Set(kept.map(({ id }) => id))
  return decisions.map((decision) => ({
    ...decision,
    matches: decision.matches.filter(({ detection }) => ids.has(detection)),
  }))
}

/** The first `max` detections, those that a rule matched before the others, and how many of each type are left out. */
function bounded(
  detections: readonly Detection[],
  decisions: readonly RecordedDecision[],
  max: number,
): { kept: readonly Detection[]; dropped: Map<string, number> } {
  const counts = new Map<string, number>()
  if (detections.length <= max) return { kept: detections, dropped: counts }
  const matched = new Set(decisions.flatMap(({ matches }) => matches.map(({ detection }) => detection)))
  const ordered = [
    ...detections.filter(({ id }) => matched.has(id)),
    ...detections.filter(({ id }) => !matched.has(id)),
  ]
  for (const { type } of ordered.slice(max)) counts.set(type, (counts.get(type) ?? 0) + 1)
  return { kept: ordered.slice(0, max), dropped: counts }
}

/** Numbers only: what a provider sends in their place is not recorded. */
function numbersOf({ inputTokens, outputTokens }: Usage): { inputTokens?: number; outputTokens?: number } {
  const numbers: { inputTokens?: number; outputTokens?: number } = {}
  if (inputTokens !== undefined && Number.isFinite(inputTokens)) numbers.inputTokens = inputTokens
  if (outputTokens !== undefined && Number.isFinite(outputTokens)) numbers.outputTokens = outputTokens
  return numbers
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
