import { isContentLimit } from '../protocol/content-limit.ts'
import type { Said } from '../protocol/detector.ts'
import type { App, Limits, LoadedDetector } from '../protocol/exchange.ts'
import type { Detection, Finding } from '../protocol/finding.ts'
import type { MaybePromise } from '../protocol/json.ts'
import type { CallContext } from '../protocol/plugin.ts'
import type { Direction, TextSegment } from '../protocol/segment.ts'
import type { ToolCall } from '../protocol/view.ts'
import { beforeDeadline } from './before-deadline.ts'
import { FoundSpans } from './found-spans.ts'
import { type InnerLeaf, innerLeaves } from './inner.ts'
import { placeOf } from './place-of.ts'
import { type Scanner, type ScanResult, scanLong, scanShort, shortChars } from './scan.ts'
import { isJoined } from './segments.ts'
import { Turns } from './turns.ts'
import { findingFault, recordableData } from './validate.ts'

export interface Fault {
  readonly plugin: string
  readonly hook: string
  readonly code: string
}

/** What a segment costs whatever its length, in UTF-16 units of text that cost as much. */
const perSegmentChars = 256

/** As it is recorded among what was not inspected. */
export interface PassedLimit {
  readonly content: 'findings-limit' | 'detector-limit'
  readonly reason: string
}

const findingsLimit: PassedLimit = { content: 'findings-limit', reason: 'more findings than limits.maxFindings' }

/** What the detectors made of one body. */
export interface Inspection {
  readonly detections: readonly Detection[]
  readonly faults: readonly Fault[]
  /** A detector that failed has `onError: refuse`, or nobody waits for the outcome any more. */
  readonly refused: boolean
  /** The content caused more findings than the limit, or a detector to go over a bound of its own: the rest was not looked at. */
  readonly overLimit: PassedLimit | undefined
  /** Segments that at least one detector read to its end. */
  readonly inspected: ReadonlySet<TextSegment>
}

export interface InspectionSetup {
  readonly app: App
  readonly direction: Direction
  /** Findings before these in the exchange and direction. Default 0. */
  readonly from?: number
  /** How many findings count against the limit already. Default: `from`. */
  readonly counted?: number
  readonly limits: Limits
  readonly clock: () => number
  readonly fingerprint: (text: string) => string
  readonly context: CallContext
  /** What detectors of the whole exchange are shown of what was judged before. Default: nothing. */
  readonly before?: Said
}

const nothingSaid: Said = { segments: [], toolCalls: [], detections: [] }

/**
 * Runs every detector of the AppContext over the segments, those of the whole exchange after the others, whose findings they
 * are shown. Asynchronous only where a detector is.
 */
export function inspect(
  segments: readonly TextSegment[],
  toolCalls: readonly ToolCall[],
  setup: InspectionSetup,
): MaybePromise<Inspection> {
  const run = new Run(setup)
  const { detectors } = setup.app
  const all = (looksBack: boolean): Promise<unknown> | undefined => {
    let waiting: Promise<void>[] | undefined
    for (const detector of detectors) {
      if ((detector.instance.mode === 'exchange') !== looksBack) continue
      const promise = run.detector(detector, segments, toolCalls)
      if (promise !== undefined) waiting = [...(waiting ?? []), promise]
    }
    return waiting === undefined ? undefined : Promise.all(waiting)
  }
  const reading = all(false)
  const looking = reading === undefined ? all(true) : reading.then(() => all(true))
  return looking === undefined ? run : looking.then(() => run)
}

class Run implements Inspection {
  readonly detections: Detection[] = []
  readonly faults: Fault[] = []
  readonly inspected: Set<TextSegment> = new Set()
  refused = false
  overLimit: PassedLimit | undefined
  private readonly setup: InspectionSetup
  private readonly enabled: ReadonlySet<string> | undefined
  private readonly from: number
  /** Spans found in texts that are read a second time, joined or string by string. */
  private readonly found: FoundSpans = new FoundSpans()
  private readonly leaves: Map<TextSegment, readonly InnerLeaf[]> = new Map()
  /** The scans that take turns, one detector after the other: their findings come in the same order every time. */
  private scanning: Promise<void> | undefined

  constructor(setup: InspectionSetup) {
    this.setup = setup
    this.from = setup.from ?? 0
    const { detectors } = setup.app.context
    this.enabled = detectors === undefined ? undefined : new Set(detectors)
  }

  detector(
    detector: LoadedDetector,
    segments: readonly TextSegment[],
    toolCalls: readonly ToolCall[],
  ): Promise<void> | undefined {
    const { instance } = detector
    const seen =
      instance.excludes === undefined ? segments : segments.filter(({ kind }) => !instance.excludes?.includes(kind))
    if (instance.mode === 'scan') return this.scans(detector, instance, seen)
    return this.timed(
      detector,
      instance.mode === 'inspect'
        ? async (context) => {
            for (const segment of seen) {
              const findings = await instance.inspect(segment, context)
              if (context.signal.aborted || this.overLimit !== undefined) return
              this.take(detector, segment, findings)
              for (const leaf of this.leavesOf(segment)) {
                const found = await instance.inspect(leaf.segment, context)
                if (context.signal.aborted || this.overLimit !== undefined) return
                this.takeInner(detector, segment, leaf, found)
              }
            }
          }
        : async (context) => {
            const said = { segments: seen, toolCalls, detections: this.detections }
            const exchange = { ...lent(said), before: lent(this.setup.before ?? nothingSaid) }
            const findings = await instance.inspectExchange(exchange, context)
            if (context.signal.aborted) return
            if (!Array.isArray(findings)) throw new Nonsense('findings are not a list')
            for (const segment of seen) this.inspected.add(segment)
            const byId = new Map(seen.map((segment) => [segment.id, segment]))
            for (const finding of findings) {
              const segment = byId.get(finding.segment)
              if (segment === undefined) throw new Nonsense('a finding in an unknown segment')
              this.take(detector, segment, [finding])
            }
          },
    )
  }

  /** Short texts are scanned as they stand; where one is long, in turns, after the scans of the detectors before. */
  private scans(
    detector: LoadedDetector,
    instance: Scanner,
    segments: readonly TextSegment[],
  ): Promise<void> | undefined {
    if (this.scanning === undefined && isShort(segments)) {
      const turns = this.turnsOf(detector)
      for (const segment of segments) if (!this.scan(detector, instance, segment, turns)) return undefined
      return undefined
    }
    this.scanning = (this.scanning ?? Promise.resolve()).then(() => this.scanInTurns(detector, instance, segments))
    return this.scanning
  }

  private async scanInTurns(
    detector: LoadedDetector,
    instance: Scanner,
    segments: readonly TextSegment[],
  ): Promise<void> {
    const turns = this.turnsOf(detector)
    try {
      for (const segment of segments) {
        if (this.overLimit !== undefined) return
        const findings = await scanLong(instance, segment, turns)
        if (!this.accepted(detector, findings)) return
        this.take(detector, segment, findings)
        for (const leaf of this.leavesOf(segment)) {
          const found = await scanLong(instance, leaf.segment, turns)
          if (!this.accepted(detector, found)) return
          this.takeInner(detector, segment, leaf, found)
        }
      }
    } catch (error) {
      this.failed(detector, 'scan', error)
    }
  }

  private scan(detector: LoadedDetector, instance: Scanner, segment: TextSegment, turns: Turns): boolean {
    // The content is refused, or the record says that it was not read to its end: either way the rest changes nothing.
    if (this.overLimit !== undefined) return false
    try {
      const findings = scanShort(instance, segment, turns)
      if (!this.accepted(detector, findings)) return false
      this.take(detector, segment, findings)
      for (const leaf of this.leavesOf(segment)) {
        const found = scanShort(instance, leaf.segment, turns)
        if (!this.accepted(detector, found)) return false
        this.takeInner(detector, segment, leaf, found)
      }
      return true
    } catch (error) {
      return this.failed(detector, 'scan', error)
    }
  }

  private turnsOf({ timeoutMs }: LoadedDetector): Turns {
    return new Turns(this.setup.clock, timeoutMs, this.setup.context.signal)
  }

  private accepted(detector: LoadedDetector, result: ScanResult): result is readonly Finding[] {
    if (result === 'left') this.refused = true
    if (result === 'late') return this.fault(detector, 'scan', 'SLUICE_PLUGIN_TIMEOUT')
    if (result === 'dishonest') return this.fault(detector, 'scan', 'SLUICE_PLUGIN_FAILED')
    return result !== 'left'
  }

  private async timed(detector: LoadedDetector, answer: (context: CallContext) => Promise<void>): Promise<void> {
    const { context } = this.setup
    const work = (signal: AbortSignal): Promise<void> => answer({ ...context, signal })
    try {
      const end = await beforeDeadline(work, detector.timeoutMs, context.signal)
      if (end === 'late') this.fault(detector, 'inspect', 'SLUICE_PLUGIN_TIMEOUT')
      if (end === 'left') this.refused = true
    } catch (error) {
      this.failed(detector, 'inspect', error)
    }
  }

  private takeInner(detector: LoadedDetector, segment: TextSegment, leaf: InnerLeaf, found: readonly Finding[]): void {
    if (!Array.isArray(found)) throw new Nonsense('findings are not a list')
    if (found.length > 0) this.take(detector, segment, leaf.toOuter(found), leaf.segment.text, found)
  }

  /** `original`: the findings as reported, where `findings` were mapped from an inner text. */
  private take(
    detector: LoadedDetector,
    segment: TextSegment,
    findings: readonly Finding[],
    innerText?: string,
    original?: readonly Finding[],
  ): void {
    if (!Array.isArray(findings)) throw new Nonsense('findings are not a list')
    this.inspected.add(segment)
    if (findings.length === 0) return
    const { types } = detector.instance
    for (const [index, finding] of findings.entries()) {
      const reported = original?.[index] ?? finding
      const wrong = findingFault(reported, types, innerText?.length ?? segment.text.length)
      if (wrong !== undefined) throw new Nonsense(wrong)
      const spec = types[finding.type]
      if (spec === undefined || this.enabled?.has(spec.riskCategory) === false) continue
      const matched = (innerText ?? segment.text).slice(reported.start, reported.end)
      if (this.allows(finding, matched)) continue
      if (innerText !== undefined && this.found.inText(detector.id, segment, finding)) continue
      if (isJoined(segment) && this.found.inPart(detector.id, segment, finding)) continue
      if ((this.setup.counted ?? this.from) + this.detections.length >= this.setup.limits.maxFindings) {
        this.overLimit = findingsLimit
        return
      }
      const data = recordableData(finding.data, matched)
      this.detections.push({
        id: `${this.setup.direction === 'ingress' ? 'i' : 'e'}${this.from + this.detections.length}`,
        type: finding.type,
        message: spec.message,
        severity: finding.severity ?? spec.severity,
        riskDomain: spec.riskDomain,
        riskCategory: spec.riskCategory,
        dataClassification: spec.dataClassification,
        lifecycle: this.setup.direction === 'ingress' ? 'INGRESS' : 'EGRESS',
        detector: detector.id,
        confidence: finding.confidence,
        segment: segment.id,
        kind: segment.kind,
        trust: segment.trust,
        direction: segment.direction,
        ...(segment.tool === undefined ? {} : { tool: segment.tool.name }),
        place: placeOf(segment, finding),
        start: finding.start,
        end: finding.end,
        fingerprint: this.setup.fingerprint(matched),
        ...(data === undefined ? {} : { data }),
      })
      if (innerText === undefined) this.found.note(detector.id, segment, finding)
    }
  }

  private allows({ type, data }: Finding, text: string): boolean {
    const { app, fingerprint } = this.setup
    if (app.allows === undefined) return false
    return app.allows({ type, rule: String(data?.['rule'] ?? ''), text, fingerprint: fingerprint(text) })
  }

  /** Read once for all detectors, which then read the same segments: what one found out about a text, others need not. */
  private leavesOf(segment: TextSegment): readonly InnerLeaf[] {
    const known = this.leaves.get(segment)
    if (known !== undefined) return known
    const leaves = innerLeaves(segment)
    this.leaves.set(segment, leaves)
    return leaves
  }

  private failed(detector: LoadedDetector, hook: string, error: unknown): false {
    if (!isContentLimit(error)) return this.fault(detector, hook, 'SLUICE_PLUGIN_FAILED')
    this.overLimit ??= { content: 'detector-limit', reason: `${detector.id} went over a bound of its own` }
    return false
  }

  private fault(detector: LoadedDetector, hook: string, code: string): false {
    this.faults.push({ plugin: detector.id, hook, code })
    if (detector.onError === 'refuse') this.refused = true
    return false
  }
}

/** Lists of its own: what a detector does to them is not done to others. */
function lent({ segments, toolCalls, detections }: Said): Said {
  return { segments: [...segments], toolCalls: [...toolCalls], detections: [...detections] }
}

/** All of it is scanned in less than a turn. */
function isShort(segments: readonly TextSegment[]): boolean {
  let chars = 0
  for (const { text } of segments) chars += text.length + perSegmentChars
  return chars <= shortChars
}

/** A detector answered what no detector may answer. Caught where its hook was called. */
class Nonsense extends Error {}
