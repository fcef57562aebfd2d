import type { App, Limits, LoadedDetector } from '../protocol/exchange.ts'
import type { Detection, Finding } from '../protocol/finding.ts'
import type { CallContext } from '../protocol/plugin.ts'
import type { Direction, TextSegment } from '../protocol/segment.ts'
import type { ToolCall } from '../protocol/view.ts'
import { innerLeaves } from './inner.ts'
import { scanWhole } from './scan.ts'
import { isJoined } from './segments.ts'
import { findingFault, recordableData } from './validate.ts'

export interface Fault {
  readonly plugin: string
  readonly hook: string
  readonly code: string
}

/** What the detectors made of one body. */
export interface Inspection {
  readonly detections: readonly Detection[]
  readonly faults: readonly Fault[]
  /** A detector that failed has `onError: refuse`. */
  readonly refused: boolean
  /** The content caused more findings than the limit: what is beyond was not looked at. */
  readonly overLimit: boolean
  /** Segments that at least one detector read to its end. */
  readonly inspected: ReadonlySet<TextSegment>
}

export interface InspectionSetup {
  readonly app: App
  readonly direction: Direction
  readonly limits: Limits
  readonly clock: () => number
  readonly fingerprint: (text: string) => string
  readonly context: CallContext
}

/** Runs every detector of the AppContext over the segments. Asynchronous only where a detector is. */
export async function inspect(
  segments: readonly TextSegment[],
  toolCalls: readonly ToolCall[],
  setup: InspectionSetup,
): Promise<Inspection> {
  const run = new Run(setup)
  const waiting: Promise<void>[] = []
  for (const detector of setup.app.detectors) {
    const promise = run.detector(detector, segments, toolCalls)
    if (promise !== undefined) waiting.push(promise)
  }
  if (waiting.length > 0) await Promise.all(waiting)
  return run
}

class Run implements Inspection {
  readonly detections: Detection[] = []
  readonly faults: Fault[] = []
  readonly inspected: Set<TextSegment> = new Set()
  refused = false
  overLimit = false
  private readonly setup: InspectionSetup
  private readonly enabled: ReadonlySet<string> | undefined

  constructor(setup: InspectionSetup) {
    this.setup = setup
    const { detectors } = setup.app.context
    this.enabled = detectors === undefined ? undefined : new Set(detectors)
  }

  detector(
    detector: LoadedDetector,
    segments: readonly TextSegment[],
    toolCalls: readonly ToolCall[],
  ): Promise<void> | undefined {
    const { instance } = detector
    const deadline = this.setup.clock() + detector.timeoutMs
    const seen =
      instance.excludes === undefined ? segments : segments.filter(({ kind }) => !instance.excludes?.includes(kind))
    if (instance.mode === 'scan') {
      for (const segment of seen) if (!this.scan(detector, instance, segment, deadline)) return undefined
      return undefined
    }
    const answer =
      instance.mode === 'inspect'
        ? async () => {
            for (const segment of seen) {
              this.take(detector, segment, await instance.inspect(segment, this.setup.context))
              for (const leaf of innerLeaves(segment)) {
                const found = await instance.inspect(leaf.segment, this.setup.context)
                this.take(detector, segment, leaf.toOuter(found), leaf.segment.text, found)
              }
            }
          }
        : async () => {
            const byId = new Map(seen.map((segment) => [segment.id, segment]))
            const findings = await instance.inspectExchange({ segments: seen, toolCalls }, this.setup.context)
            for (const segment of seen) this.inspected.add(segment)
            for (const finding of findings) {
              const segment = byId.get(finding.segment)
              if (segment === undefined) throw new Nonsense('a finding in an unknown segment')
              this.take(detector, segment, [finding])
            }
          }
    return this.timed(detector, answer)
  }

  private scan(
    detector: LoadedDetector,
    instance: Extract<LoadedDetector['instance'], { mode: 'scan' }>,
    segment: TextSegment,
    deadline: number,
  ): boolean {
    try {
      const findings = scanWhole(instance, segment, this.setup.clock, deadline)
      if (findings === 'late') return this.fault(detector, 'scan', 'SLUICE_PLUGIN_TIMEOUT')
      if (findings === 'dishonest') return this.fault(detector, 'scan', 'SLUICE_PLUGIN_FAILED')
      this.take(detector, segment, findings)
      for (const leaf of innerLeaves(segment)) {
        const found = scanWhole(instance, leaf.segment, this.setup.clock, deadline)
        if (found === 'late') return this.fault(detector, 'scan', 'SLUICE_PLUGIN_TIMEOUT')
        if (found === 'dishonest') return this.fault(detector, 'scan', 'SLUICE_PLUGIN_FAILED')
        this.take(detector, segment, leaf.toOuter(found), leaf.segment.text, found)
      }
      return true
    } catch {
      return this.fault(detector, 'scan', 'SLUICE_PLUGIN_FAILED')
    }
  }

  private async timed(detector: LoadedDetector, answer: () => Promise<void>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), detector.timeoutMs)
    })
    try {
      if ((await Promise.race([answer(), late])) === 'late') this.fault(detector, 'inspect', 'SLUICE_PLUGIN_TIMEOUT')
    } catch {
      this.fault(detector, 'inspect', 'SLUICE_PLUGIN_FAILED')
    } finally {
      clearTimeout(timer)
    }
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
    const { types } = detector.instance
    for (const [index, finding] of findings.entries()) {
      const reported = original?.[index] ?? finding
      const wrong = findingFault(reported, types, innerText?.length ?? segment.text.length)
      if (wrong !== undefined) throw new Nonsense(wrong)
      if (isJoined(segment) && withinOneSource(segment, finding)) continue
      const spec = types[finding.type]
      if (spec === undefined || this.enabled?.has(spec.riskCategory) === false) continue
      if (this.detections.length >= this.setup.limits.maxFindings) {
        this.overLimit = true
        return
      }
      const duplicate =
        innerText !== undefined &&
        this.detections.some(
          (known) =>
            known.detector === detector.id &&
            known.segment === segment.id &&
            known.type === finding.type &&
            known.start < finding.end &&
            finding.start < known.end,
        )
      if (duplicate) continue
      const matched = (innerText ?? segment.text).slice(reported.start, reported.end)
      const data = recordableData(finding.data, matched)
      this.detections.push({
        id: `${this.setup.direction === 'ingress' ? 'i' : 'e'}${this.detections.length}`,
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
        place: placeAt(segment, finding.start),
        start: finding.start,
        end: finding.end,
        fingerprint: this.setup.fingerprint(matched),
        ...(data === undefined ? {} : { data }),
      })
    }
  }

  private fault(detector: LoadedDetector, hook: string, code: string): false {
    this.faults.push({ plugin: detector.id, hook, code })
    if (detector.onError === 'refuse') this.refused = true
    return false
  }
}

/** What lies in one of the joined texts was found there. */
function withinOneSource(segment: TextSegment, finding: Finding): boolean {
  return segment.sources.every(({ start }) => start <= finding.start || start >= finding.end)
}

/** The place of the source that a segment's offset lies in. */
function placeAt(segment: TextSegment, offset: number): TextSegment['sources'][number]['place'] {
  let found = segment.sources[0]
  for (const source of segment.sources) {
    if (source.start > offset) break
    found = source
  }
  return found?.place ?? { pointer: '' }
}

/** A detector answered what no detector may answer. Caught where its hook was called. */
class Nonsense extends Error {}
