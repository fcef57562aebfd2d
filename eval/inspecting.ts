import type {
  Detection,
  InspectionSetup,
  LoadedDetector,
  MaybePromise,
  TextSegment,
} from '../packages/core/src/index.ts'
import { inspect } from '../packages/core/src/index.ts'
import type { Case, Found } from './case.ts'

export type Inspector = (one: Case) => MaybePromise<readonly Found[]>

/** What the gateway finds in a text: core's own inspection, inner JSON and all, with nothing in between. */
export function inspectorOf(detectors: readonly LoadedDetector[]): Inspector {
  const app = { detectors, context: {} }
  return (one) => {
    const setup = {
      // Of an app and the limits, inspection looks at nothing else.
      app: app as unknown as InspectionSetup['app'],
      limits: { maxFindings: 100_000 } as InspectionSetup['limits'],
      direction: one.segment.direction,
      clock: () => performance.now(),
      fingerprint: () => '',
      context: { exchange: 'ex_eval', app: 'ac_eval', operation: 'eval', signal: new AbortController().signal },
      ...(one.before === undefined ? {} : { before: one.before }),
    }
    const segment: TextSegment = {
      ...one.segment,
      text: one.text,
      sources: [{ place: { pointer: '/text' }, start: 0 }],
    }
    const inspection = inspect([segment], one.toolCalls ?? [], setup)
    return inspection instanceof Promise ? inspection.then(foundIn) : foundIn(inspection)
  }
}

function foundIn(inspection: {
  readonly detections: readonly Detection[]
  readonly faults: readonly { readonly plugin: string; readonly code: string }[]
}): readonly Found[] {
  // A detector that fails refuses the exchange: a measurement that goes on would call that a miss.
  const [fault] = inspection.faults
  if (fault !== undefined) throw new Error(`${fault.plugin}: ${fault.code}`)
  return inspection.detections.map(({ type, start, end, confidence, severity, detector }) => ({
    type,
    start,
    end,
    confidence,
    severity,
    by: detector,
  }))
}
