import type { Fault, Inspection } from '../inspect/inspection.ts'
import { isJoined } from '../inspect/segments.ts'
import { stricter } from '../policy/severity.ts'
import type { AuditEvent, ExchangeRecord, NotInspected, Outcome, RecordedDecision } from '../protocol/audit.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Detection, Lifecycle } from '../protocol/finding.ts'
import type { Action } from '../protocol/policy.ts'
import type { Direction, TextSegment } from '../protocol/segment.ts'
import type { ToolCall, Usage } from '../protocol/view.ts'

type Writable<T> = { -readonly [Name in keyof T]: T[Name] }

const plainName = /^[\w.:/@+-]{1,128}$/

/** The record of one exchange while it is under way. Every step writes what it did; `event` is taken once. */
export class Draft {
  readonly id: string
  readonly startedAt: number
  subject: string | undefined
  fingerprint: ((text: string) => string) | undefined
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
    >
  > = {}
  outcome: Outcome = 'failed'
  opaqueRoute = false
  stream = false
  model: string | undefined
  readonly decisions: RecordedDecision[] = []
  readonly detections: Detection[] = []
  readonly faults: Fault[] = []
  readonly notInspected: NotInspected[] = []
  readonly toolsRemoved: { name: string; code: string; filter: string }[] = []
  toolCalls: readonly ToolCall[] = []
  usage: Usage | undefined
  requestBytes = 0
  responseBytes = 0
  private readonly counts: Map<
    string,
    { direction: Direction; kind: TextSegment['kind']; segments: number; chars: number }
  > = new Map()
  private readonly flagged: Set<string> = new Set()
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

  /** Ends a stage: the time since the last one ended is its. */
  stage(name: string): void {
    const now = this.clock()
    this.ms[name] = round((this.ms[name] ?? 0) + now - this.last)
    this.last = now
  }

  inspected(inspection: Inspection, segments: readonly TextSegment[]): void {
    this.detections.push(...inspection.detections)
    this.faults.push(...inspection.faults)
    const byId = new Map(segments.map((segment) => [segment.id, segment]))
    for (const { segment } of inspection.detections) {
      const text = byId.get(segment)?.text
      if (text !== undefined && text.length <= 1024) this.flagged.add(text)
    }
    for (const segment of inspection.inspected) {
      if (isJoined(segment)) continue
      const key = `${segment.direction} ${segment.kind}`
      const count = this.counts.get(key) ?? { direction: segment.direction, kind: segment.kind, segments: 0, chars: 0 }
      count.segments += 1
      count.chars += segment.text.length
      this.counts.set(key, count)
    }
    for (const { plugin, code } of inspection.faults) {
      const reason = `${plugin}: ${code}`
      this.missed(segments[0]?.direction ?? 'ingress', 'detector-failed', reason)
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
    if (decision.policy !== undefined) this.fields.policy ??= decision.policy
  }

  event(source: string, maxDetections: number): AuditEvent {
    this.ms['total'] = round(this.clock() - this.began)
    const recorded = this.detections.slice(0, maxDetections)
    const dropped: Record<string, number> = {}
    for (const { type } of this.detections.slice(maxDetections)) dropped[type] = (dropped[type] ?? 0) + 1
    const action = this.decisions.reduce<Action>((most, decision) => stricter(most, decision.action), 'ALLOW')
    const effectiveAction = this.decisions.reduce<Action>(
      (most, decision) => stricter(most, decision.effectiveAction),
      'ALLOW',
    )
    const inspected = [...this.counts.values()]
    return {
      specversion: '1.0',
      id: this.id,
      source,
      type: 'sluice.exchange.v1',
      time: new Date(this.startedAt).toISOString(),
      ...(this.subject === undefined ? {} : { subject: this.subject }),
      datacontenttype: 'application/json',
      data: {
        outcome: this.outcome,
        ...this.fields,
        ...(this.fields.operation === undefined
          ? {}
          : { inspection: this.opaqueRoute ? 'opaque' : inspected.length === 0 ? 'not inspected' : 'inspected' }),
        method: this.method,
        ...(this.model === undefined ? {} : { model: this.name(this.model) }),
        stream: this.stream,
        segments: { inspected, notInspected: this.notInspected },
        detections: recorded.map((detection) =>
          detection.tool === undefined ? detection : { ...detection, tool: this.name(detection.tool) },
        ),
        ...(this.detections.length > maxDetections ? { detectionsDropped: dropped } : {}),
        decisions: this.decisions,
        action,
        effectiveAction,
        toolsRemoved: this.toolsRemoved.map((tool) => ({ ...tool, name: this.name(tool.name) })),
        toolCalls: this.toolCalls.map(({ name, callId, choice }) => ({
          name: this.name(name),
          callId: this.name(callId),
          choice,
        })),
        ...(this.usage === undefined ? {} : { usage: numbersOf(this.usage) }),
        bytes: { request: this.requestBytes, response: this.responseBytes },
        ms: this.ms,
        faults: this.faults,
      },
    }
  }

  /** Names come from outside: one that looks like no name, or in which something was found, is kept as a fingerprint. */
  private name(name: string): string {
    const suspicious =
      name !== '' &&
      (!plainName.test(name) || [...this.flagged].some((text) => text.includes(name) || name.includes(text)))
    return suspicious ? `fingerprint:${this.fingerprint?.(name) ?? ''}` : name
  }
}

function numbersOf({ inputTokens, outputTokens }: Usage): { inputTokens?: number; outputTokens?: number } {
  return {
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
  }
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
