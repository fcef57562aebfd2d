import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  appContext,
  context,
  limits,
  loaded,
  needles,
  occurrences,
  secretType,
  segment,
  types,
} from '../../test/fakes.ts'
import type { DetectorInstance } from '../protocol/detector.ts'
import type { LoadedDetector } from '../protocol/exchange.ts'
import type { Finding } from '../protocol/finding.ts'
import type { Segment, TextSegment } from '../protocol/segment.ts'
import { type Inspection, inspect } from './inspection.ts'

const finding = { type: 'CREDENTIALS_NEEDLE', confidence: 1, start: 0, end: 4 }

async function run(
  detectors: readonly LoadedDetector[],
  segments: readonly TextSegment[] = [segment()],
  rest: { detectors?: readonly string[]; maxFindings?: number; signal?: AbortSignal; clock?: () => number } = {},
): Promise<Inspection> {
  const enabled = rest.detectors === undefined ? {} : { detectors: rest.detectors }
  return inspect(segments, [], {
    // Of an app, detection looks at nothing else.
    app: { context: { ...appContext, ...enabled }, detectors } as never,
    direction: 'ingress',
    limits: { ...limits, maxFindings: rest.maxFindings ?? limits.maxFindings },
    clock: rest.clock ?? (() => performance.now()),
    fingerprint: (text) => `of ${text}`,
    context: { ...context, signal: rest.signal ?? context.signal },
  })
}

/** Answers whatever it is told to, from a hook of either kind. */
function answering(mode: 'scan' | 'inspect' | 'exchange', answer: () => unknown): DetectorInstance {
  // Hostile on purpose: the type of an answer is just what is not believed.
  const lie = (): never => answer() as never
  if (mode === 'inspect') return { mode, types, inspect: lie }
  if (mode === 'exchange') return { mode, types, inspectExchange: lie }
  const step = () => ({ state: 0, findings: lie(), clearedTo: 0 })
  return { mode, types, init: () => 0, push: step, end: () => ({ state: 0, findings: [], clearedTo: 0 }) }
}

const modes = ['scan', 'inspect', 'exchange'] as const

describe('what a detector returns is not believed', () => {
  const liar = (members: Record<string, unknown>) => () => [{ ...finding, segment: 'q0', ...members }]
  const lies: readonly [string, () => unknown][] = [
    ['NaN as an offset', liar({ start: Number.NaN })],
    ['a fraction as an offset', liar({ end: 1.5 })],
    ['text as an offset', liar({ end: '4' })],
    ['an offset before the text', liar({ start: -1 })],
    ['an offset past the text', liar({ end: 5 })],
    ['an empty span', liar({ start: 2, end: 2 })],
    ['an undeclared type', liar({ type: 'PII_SSN' })],
    ['an inherited type', liar({ type: 'constructor' })],
    ['a confidence of NaN', liar({ confidence: Number.NaN })],
    ['a confidence of 2', liar({ confidence: 2 })],
    ['an unknown severity', liar({ severity: 'FATAL' })],
    ['null as a finding', () => [null]],
    ['a hole for a finding', () => new Array(3)],
    ['no list', () => ({ length: 0 })],
    ['a set', () => new Set([finding])],
    ['text', () => 'clean'],
    ['nothing', () => undefined],
    [
      'an exception',
      () => {
        throw new Error('needle')
      },
    ],
  ]
  for (const mode of modes) {
    for (const [name, lie] of lies) {
      test(`${mode}: ${name} is a fault, with the verdict of onError`, async () => {
        const refused = await run([loaded(answering(mode, lie))])
        expect(refused.faults).toEqual([
          { plugin: 'needles', hook: mode === 'scan' ? 'scan' : 'inspect', code: 'SLUICE_PLUGIN_FAILED' },
        ])
        expect(refused).toMatchObject({ refused: true, detections: [] })
        const forwarded = await run([loaded(answering(mode, lie), { onError: 'forward' })])
        expect(forwarded).toMatchObject({ refused: false, detections: [] })
        expect(forwarded.faults).toHaveLength(1)
      })
    }
  }

  test('a finding in a segment that is not there', async () => {
    const result = await run([loaded(answering('exchange', () => [{ ...finding, segment: 'q9' }]))])
    expect(result.faults).toHaveLength(1)
  })

  test('a finding before an offset it has cleared', async () => {
    const step = (findings: Finding[], clearedTo: number) => ({ state: 0, findings, clearedTo })
    const late = (at: number, cleared: number): DetectorInstance => {
      return {
        mode: 'scan',
        types,
        init: () => 0,
        push: () => step([], cleared),
        end: () => step([{ ...finding, start: at }], 4),
      }
    }
    expect((await run([loaded(late(1, 2))])).faults).toHaveLength(1)
    expect((await run([loaded(late(2, 2))])).faults).toHaveLength(0)
    expect((await run([loaded(late(2, Number.NaN))])).faults).toHaveLength(1)
    expect((await run([loaded(late(0, -1))])).faults).toHaveLength(1)
  })

  test('clearing less than before', async () => {
    let cleared = 10
    const push = () => ({ state: 0, findings: [], clearedTo: cleared-- })
    const shrinking: DetectorInstance = { mode: 'scan', types, init: () => 0, push, end: push }
    const text = 'x'.repeat(200_000)
    expect((await run([loaded(shrinking)], [segment({ text })])).faults).toHaveLength(1)
  })

  test('a change of what it was given', async () => {
    const changing: DetectorInstance = {
      mode: 'inspect',
      types,
      inspect: (each) => {
        Object.assign(each, { text: '' })
        return []
      },
    }
    const emptying: DetectorInstance = {
      mode: 'exchange',
      types,
      inspectExchange: ({ segments }) => {
        // Hostile: it empties a list that it was lent.
        ;(segments as TextSegment[]).length = 0
        return []
      },
    }
    const segments = [Object.freeze(segment({ text: 'a needle' }))]
    const result = await run([loaded(changing, { id: 'one' }), loaded(emptying, { id: 'two' }), loaded()], segments)
    expect(result.faults).toEqual([{ plugin: 'one', hook: 'inspect', code: 'SLUICE_PLUGIN_FAILED' }])
    expect(result.detections).toHaveLength(1)
    expect(segments).toHaveLength(1)
  })

  test('data: few, short, flat, and free of the matched text', async () => {
    const data = {
      rule: 'aws',
      leak: 'is it text?',
      text: 'name leaks',
      long: 'x'.repeat(129),
      count: 3,
      flag: true,
      object: { deep: 1 },
      nothing: null,
      ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`k${index}`, index])),
    }
    const result = await run([loaded(answering('inspect', () => [{ ...finding, data }]))])
    const recorded = result.detections[0]?.data
    expect(recorded).toMatchObject({ rule: 'aws', count: 3, flag: true })
    expect(Object.keys(recorded ?? {})).toHaveLength(16)
    expect(JSON.stringify(recorded)).not.toContain('text')
    const number = await run(
      [loaded(answering('inspect', () => [{ ...finding, data: { n: 12341234 } }]))],
      [segment({ text: '1234' })],
    )
    expect(number.detections[0]?.data).toBeUndefined()
    expect(number.detections).toHaveLength(1)
  })
})

describe('a detector that hangs', () => {
  test('is cut off at its time, told so, and what it says later is not heard', async () => {
    let told: AbortSignal | undefined
    let calls = 0
    let release: (findings: Finding[]) => void = () => undefined
    const hanging: DetectorInstance = {
      mode: 'inspect',
      types,
      inspect: (_segment, { signal }) => {
        told = signal
        calls++
        return new Promise((resolve) => {
          release = resolve
        })
      },
    }
    const segments = [segment(), segment({ id: 'q1' })]
    const result = await run([loaded(hanging, { timeoutMs: 20 })], segments)
    expect(result.faults).toEqual([{ plugin: 'needles', hook: 'inspect', code: 'SLUICE_PLUGIN_TIMEOUT' }])
    expect(result).toMatchObject({ refused: true })
    expect(told?.aborted).toBe(true)
    release([finding])
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(result.detections).toEqual([])
    expect(result.inspected.size).toBe(0)
    expect(calls).toBe(1)
  })

  test('under onError forward is a fault and no refusal, and others are still heard', async () => {
    const hanging: DetectorInstance = { mode: 'inspect', types, inspect: () => new Promise(() => undefined) }
    const slow = loaded(hanging, { id: 'slow', timeoutMs: 10, onError: 'forward' })
    const result = await run([slow, loaded()], [segment({ text: 'needle' })])
    expect(result).toMatchObject({ refused: false, faults: [{ plugin: 'slow', code: 'SLUICE_PLUGIN_TIMEOUT' }] })
    expect(result.detections).toHaveLength(1)
  })

  test('is not waited for when the client has left', async () => {
    const client = new AbortController()
    const hanging: DetectorInstance = { mode: 'inspect', types, inspect: () => new Promise(() => undefined) }
    setTimeout(() => client.abort(), 10)
    const result = await run([loaded(hanging, { timeoutMs: 60_000, onError: 'forward' })], undefined, {
      signal: client.signal,
    })
    expect(result).toMatchObject({ refused: true, faults: [] })
    const gone = await run([loaded(hanging, { timeoutMs: 60_000 })], undefined, { signal: client.signal })
    expect(gone).toMatchObject({ refused: true, faults: [] })
  })

  test('a rejection after the time is nobody’s', async () => {
    const rejecting: DetectorInstance = {
      mode: 'inspect',
      types,
      inspect: () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 15)),
    }
    const result = await run([loaded(rejecting, { timeoutMs: 5 })])
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(result.faults).toHaveLength(1)
  })

  test('a scan is looked at between slices', async () => {
    let now = 0
    const slow = { ...needles(), push: () => ({ state: '', findings: [], clearedTo: 0 * ++now }) } as DetectorInstance
    const clock = () => now * 600
    const long = segment({ text: 'x'.repeat(200_000) })
    expect((await run([loaded(slow)], [long], { clock })).faults).toEqual([
      { plugin: 'needles', hook: 'scan', code: 'SLUICE_PLUGIN_TIMEOUT' },
    ])
    now = 0
    expect((await run([loaded(slow)], [segment()], { clock })).faults).toEqual([])
  })
})

describe('limits that content causes', () => {
  const decoys = segment({ text: 'needle '.repeat(60) })

  test('are passed whatever onError says, and end the inspection', async () => {
    const result = await run(
      [loaded(needles(), { onError: 'forward' })],
      [decoys, segment({ id: 'q1', text: 'needle' })],
    )
    expect(result).toMatchObject({ overLimit: { content: 'findings-limit' }, refused: false, faults: [] })
    expect(result.detections).toHaveLength(limits.maxFindings)
    expect([...result.inspected]).toEqual([decoys])
  })

  test('are not passed by exactly so many', async () => {
    const result = await run([loaded()], [segment({ text: 'needle'.repeat(limits.maxFindings) })])
    expect(result).toMatchObject({ overLimit: undefined })
    expect(result.detections).toHaveLength(limits.maxFindings)
  })

  for (const mode of modes) {
    test(`${mode}: a detector's own, provoked by the content, is passed whatever onError says`, async () => {
      const over = answering(mode, () => {
        // As a plugin with its own copy of this package throws it.
        throw Object.assign(new Error('too much to try'), { name: 'ContentLimit' })
      })
      for (const onError of ['forward', 'refuse'] as const) {
        const overLimit = { content: 'detector-limit', reason: 'needles went over a bound of its own' }
        expect(await run([loaded(over, { onError })])).toMatchObject({ overLimit, refused: false, faults: [] })
      }
    })
  }

  test('a million findings take no second', async () => {
    const many = Array.from({ length: 1_000_000 }, () => finding)
    const start = performance.now()
    for (const mode of ['scan', 'inspect'] as const) {
      const result = await run([loaded(answering(mode, () => many))])
      expect(result.overLimit?.content).toBe('findings-limit')
    }
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

test('every detector reads the same inner texts', async () => {
  const read: Segment[][] = []
  const reader = (): LoadedDetector => {
    const segments: Segment[] = []
    read.push(segments)
    const step = { state: 0, findings: [], clearedTo: 0 }
    return loaded({
      mode: 'scan',
      types,
      init: () => 0,
      push: () => step,
      end: () => step,
      whole: (of) => {
        segments.push(of)
        return []
      },
    })
  }
  await run([reader(), reader()], [segment({ kind: 'tool-arguments', text: '{"a":"b","c":"d"}' })])
  expect(read[0]).toHaveLength(3)
  expect(read[1]?.every((of, at) => of === read[0]?.[at])).toBe(true)
})

describe('detections', () => {
  test('carry the taxonomy, the place and a fingerprint', async () => {
    const of = segment({ text: 'a needle', tool: { name: 't' }, trust: 'external', kind: 'other' })
    expect((await run([loaded()], [of])).detections).toEqual([
      {
        ...secretType,
        id: 'i0',
        type: 'CREDENTIALS_NEEDLE',
        lifecycle: 'INGRESS',
        detector: 'needles',
        confidence: 1,
        segment: 'q0',
        kind: 'other',
        trust: 'external',
        direction: 'ingress',
        tool: 't',
        place: { pointer: '/a' },
        start: 2,
        end: 8,
        fingerprint: 'of needle',
      },
    ])
  })

  test('of categories that are not enabled are none, and do not count', async () => {
    const other = {
      ...needles('xx', 'PII_X'),
      types: { PII_X: { ...secretType, riskCategory: 'PII' } },
    } as DetectorInstance
    const segments = [segment({ text: `${'xx'.repeat(100)} needle` })]
    const result = await run([loaded(other, { id: 'other' }), loaded()], segments, {
      detectors: ['CREDENTIAL_EXPOSURE'],
    })
    expect(result).toMatchObject({ overLimit: undefined })
    expect(result.detections.map(({ detector }) => detector)).toEqual(['needles'])
  })

  test('a detector reads no kind that it leaves out, and what nobody reads is not inspected', async () => {
    const picky = { ...needles(), excludes: ['user'] } as DetectorInstance
    const segments = [segment({ text: 'needle' }), segment({ id: 'q1', kind: 'other', text: 'needle' })]
    const result = await run([loaded(picky)], segments)
    expect(result.detections.map(({ segment }) => segment)).toEqual(['q1'])
    expect([...result.inspected]).toEqual(segments.slice(1))
  })

  test('do not depend on where the slices of a long text end', async () => {
    for (const at of [65_530, 65_533, 65_536, 131_070]) {
      const text = `${'x'.repeat(at)}needle${'y'.repeat(70_000)}`
      const { detections } = await run([loaded()], [segment({ text })])
      expect(detections.map(({ start, end }) => [start, end])).toEqual([[at, at + 6]])
    }
  })
})

describe('a needle split across texts that the provider joins', () => {
  const parts = (texts: readonly string[]): TextSegment[] => {
    const places = texts.map((_, index) => ({ place: { pointer: `/${index}` as const }, start: 0 }))
    const singles = texts.map((text, index) =>
      segment({ id: `q${index}`, text, sources: places.slice(index, index + 1), group: 'g' }),
    )
    let start = 0
    const sources = places.map(({ place }, index) => {
      const source = { place, start }
      start += texts[index]?.length ?? 0
      return source
    })
    return [...singles, segment({ id: 'q0+', text: texts.join(''), sources })]
  }

  test('is found at every split, once', () => {
    const text = 'a needle and a needle'
    return fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 4 }), async (cuts) => {
        const marks = [0, ...cuts.sort((a, b) => a - b)]
        const texts = marks.map((at, index) => text.slice(at, marks[index + 1]))
        for (const mode of ['scan', 'inspect'] as const) {
          const detector: DetectorInstance =
            mode === 'scan' ? needles() : { mode, types, inspect: (each) => occurrences(each.text, 'needle') }
          const { detections } = await run([loaded(detector)], parts(texts))
          expect(detections).toHaveLength(2)
          for (const { place, start, segment } of detections) {
            const index = Number(place.pointer.slice(1))
            const whole = segment.endsWith('+') ? start : (marks[index] ?? 0) + start
            expect([2, 15]).toContain(whole)
          }
        }
      }),
      { seed: 5, numRuns: 100 },
    )
  })

  test('is found where the text before it is what gives it away', async () => {
    // Like a detector of `password: …`: it reports the value, which lies in the second part alone.
    const contextual: DetectorInstance = {
      mode: 'inspect',
      types,
      inspect: ({ text }) => {
        const at = text.indexOf('password ')
        return at === -1 || text.length < at + 15 ? [] : [{ ...finding, start: at + 9, end: at + 15 }]
      },
    }
    const { detections } = await run([loaded(contextual)], parts(['my password ', 'hunter2']))
    expect(detections).toMatchObject([{ segment: 'q0+', place: { pointer: '/1' }, start: 12, end: 18 }])
  })

  test('20,000 parts with a finding each cost no square', async () => {
    const texts = Array.from({ length: 20_000 }, () => 'a needle ')
    const start = performance.now()
    const result = await run([loaded()], parts(texts), { maxFindings: 25_000 })
    expect(result.detections).toHaveLength(20_000)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('needles inside the JSON of tool arguments and results', () => {
  const found = async (text: string, kind: TextSegment['kind'] = 'tool-arguments') => {
    const { detections } = await run([loaded()], [segment({ text, kind })])
    return detections.map(({ start, end }) => text.slice(start, end))
  }

  test('are found once, whether or not they are escaped, in values and names', async () => {
    expect(await found('{"a":"a needle"}')).toEqual(['needle'])
    expect(await found(String.raw`{"a":["\u006eeedle"],"\u006eeedle":1}`, 'tool-result')).toEqual([
      String.raw`\u006eeedle`,
      String.raw`\u006eeedle`,
    ])
    expect(await found(String.raw`{"a":"needle \u006eeedle"}`)).toEqual(['needle', String.raw`\u006eeedle`])
    expect(await found(String.raw`{"a":"\u006eeedle"}`, 'assistant')).toEqual([])
  })

  test('50,000 strings with a finding each cost no square', async () => {
    const text = JSON.stringify(Array.from({ length: 50_000 }, (_, index) => `\n${index} needle`))
    const start = performance.now()
    const { detections } = await run([loaded()], [segment({ text, kind: 'tool-result' })])
    expect(detections).toHaveLength(limits.maxFindings)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
