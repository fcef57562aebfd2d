import {
  type DetectorDefinition,
  type DetectorInstance,
  type Direction,
  defineDetector,
  defineToolFilter,
  type Segment,
  type ToolFilterDefinition,
  Type,
} from '@sluice/core'

const types = {
  IP_FAULTY: {
    message: 'A word was found.',
    severity: 'HIGH',
    riskDomain: 'DATA_PROTECTION',
    riskCategory: 'FAULTY',
    dataClassification: 'IP',
  },
} as const

/** Longer than the time that the tests allow. */
export const lateMs = 150
const finding = { type: 'IP_FAULTY', confidence: 1, start: Number.NaN, end: 1 }

/** What goes wrong with any call: the value is what is answered, if it comes to that. */
const faults: Readonly<Record<string, () => unknown>> = {
  throws() {
    throw new Error('no')
  },
  'rejects with nothing': () => Promise.reject(undefined),
  rejects: () => Promise.reject(new Error('no')),
  'answers nothing': () => undefined,
  'answers null': () => null,
  'answers a text': () => 'clean',
  // What a service answers with status 200 when it could not do what it was asked.
  'answers an error': () => ({ error: { message: 'quota exceeded' } }),
  'answers a list of nulls': () => [null],
  'answers NaN offsets': () => [finding],
}
const never: Readonly<Record<string, () => unknown>> = { 'never answers': () => new Promise(() => undefined) }
const late: Readonly<Record<string, () => unknown>> = {
  'is late'() {
    const end = performance.now() + lateMs
    while (performance.now() < end);
    return []
  },
}
/** What a tool filter may answer that is no verdict. */
const verdicts: Readonly<Record<string, () => unknown>> = {
  'answers another verdict': () => ({ type: 'maybe' }),
  'answers a denial without a code': () => ({ type: 'deny', reason: 'no' }),
  'answers a denial whose code is none': () => ({ type: 'deny', code: 'no such', reason: 'no' }),
  'answers a rewrite without an input': () => ({ type: 'rewrite', reason: 'no' }),
  'answers true': () => true,
}

export const detectorFaults = {
  inspect: { ...faults, ...never },
  exchange: { ...faults, ...never, 'finds something elsewhere': () => [{ ...finding, start: 0, segment: 's999' }] },
  scan: { ...faults, ...late },
} as const
export const filterFaults: Readonly<Record<string, () => unknown>> = { ...faults, ...never, ...verdicts }

type Mode = keyof typeof detectorFaults

interface DetectorOptions {
  readonly mode: Mode
  /** '': nothing goes wrong. */
  readonly how: string
  readonly direction: Direction
}

export const detector: DetectorDefinition<DetectorOptions> = defineDetector<DetectorOptions>({
  kind: 'detector',
  spec: 'v1',
  meta: { name: 'faulty', version: '1.0.0', description: 'Fails in one direction' },
  options: Type.Object(
    {
      mode: Type.Union([Type.Literal('inspect'), Type.Literal('exchange'), Type.Literal('scan')]),
      how: Type.String({ default: '' }),
      direction: Type.Union([Type.Literal('ingress'), Type.Literal('egress')], { default: 'ingress' }),
    },
    { additionalProperties: false },
  ),
  create({ mode, how, direction: failing }) {
    const fault = (detectorFaults[mode] as Readonly<Record<string, () => unknown>>)[how]
    // What is answered is not what the type says: that is the point.
    const answer = (direction: Direction | undefined): never =>
      (direction === failing && fault !== undefined ? fault() : []) as never
    const instances: Readonly<Record<Mode, DetectorInstance>> = {
      inspect: { mode: 'inspect', types, inspect: ({ direction }) => answer(direction) },
      exchange: { mode: 'exchange', types, inspectExchange: ({ segments }) => answer(segments[0]?.direction) },
      scan: {
        mode: 'scan',
        types,
        init: (segment: Segment) => segment.direction,
        push: (state, text) => ({
          state,
          findings: state === 'ingress' || state === 'egress' ? answer(state) : [],
          clearedTo: text.length,
        }),
        end: (state) => ({ state, findings: [], clearedTo: 0 }),
      },
    }
    return instances[mode]
  },
})

const hooks = ['define', 'call', 'result'] as const

interface FilterOptions {
  readonly hook: (typeof hooks)[number]
  readonly how: string
}

export const filter: ToolFilterDefinition<FilterOptions> = defineToolFilter<FilterOptions>({
  kind: 'tool-filter',
  spec: 'v1',
  meta: { name: 'faulty#filter', version: '1.0.0', description: 'Fails at one hook' },
  options: Type.Object(
    {
      hook: Type.Union(
        hooks.map((hook) => Type.Literal(hook)),
        { default: 'define' },
      ),
      how: Type.String({ default: '' }),
    },
    { additionalProperties: false },
  ),
  create({ hook: failing, how }) {
    const at = (hook: (typeof hooks)[number]) => () => {
      const fault = hook === failing ? filterFaults[how] : undefined
      return (fault === undefined ? { type: 'abstain' } : fault()) as never
    }
    return { define: at('define'), call: at('call'), result: at('result') }
  },
})
