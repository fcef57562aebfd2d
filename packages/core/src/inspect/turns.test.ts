import { describe, expect, test } from 'bun:test'
import { appContext, context, limits, loaded, needles, segment, types } from '../../test/fakes.ts'
import type { DetectorInstance } from '../protocol/detector.ts'
import type { LoadedDetector } from '../protocol/exchange.ts'
import type { TextSegment } from '../protocol/segment.ts'
import { type Inspection, inspect } from './inspection.ts'

/** A scan that takes a millisecond of the clock for each 1,000 characters and finds `needle` at the end. */
function slow(clock: { now: number }): DetectorInstance {
  return {
    mode: 'scan',
    types,
    init: () => ({ text: '' }),
    push(state, text) {
      const all = (state as { text: string }).text + text
      clock.now += text.length / 1000
      return { state: { text: all }, findings: [], clearedTo: 0 }
    },
    end(state) {
      const { text } = state as { text: string }
      const start = text.indexOf('needle')
      const found = start < 0 ? [] : [{ type: 'CREDENTIALS_NEEDLE', confidence: 1, start, end: start + 6 }]
      return { state, findings: found, clearedTo: text.length }
    },
  }
}

async function run(
  detectors: readonly LoadedDetector[],
  segments: readonly TextSegment[],
  { clock = { now: 0 }, signal = context.signal }: { clock?: { now: number }; signal?: AbortSignal } = {},
): Promise<Inspection> {
  return inspect(segments, [], {
    // Of an app, detection looks at nothing else.
    app: { context: appContext, detectors } as never,
    direction: 'ingress',
    limits,
    clock: () => clock.now,
    fingerprint: (text) => `of ${text}`,
    context: { ...context, signal },
  })
}

const long = segment({ text: `${'x '.repeat(200_000)}needle` })

describe('a long text is scanned in turns', () => {
  test('others get theirs between its slices', async () => {
    const clock = { now: 0 }
    let turns = 0
    const other = setInterval(() => {
      turns += 1
    }, 0)
    const { detections } = await run([loaded(slow(clock))], [long], { clock })
    clearInterval(other)
    expect(detections).toHaveLength(1)
    expect(turns).toBeGreaterThan(10)
  })

  test('what is found, and in which order, is what a short text gives', async () => {
    const detectors = [loaded(needles()), { ...loaded(needles('x n')), id: 'second' }, loaded(slow({ now: 0 }))]
    const { detections, faults } = await run(detectors, [segment({ text: 'needle' }), long])
    expect(faults).toEqual([])
    expect(detections.map(({ start, end }) => [start, end])).toEqual([
      [0, 6],
      [400_000, 400_006],
      [399_998, 400_001],
      [0, 6],
      [400_000, 400_006],
    ])
  })

  test('the time of others is not the detector’s', async () => {
    const clock = { now: 0 }
    const other = setInterval(() => {
      clock.now += 1000
    }, 0)
    const patient = { ...loaded(slow(clock)), timeoutMs: 450 }
    const { faults } = await run([patient], [long], { clock })
    clearInterval(other)
    expect(faults).toEqual([])
  })

  test('its own time is bounded', async () => {
    const clock = { now: 0 }
    const { faults, refused } = await run([{ ...loaded(slow(clock)), timeoutMs: 350 }], [long], { clock })
    expect(faults).toMatchObject([{ hook: 'scan', code: 'SLUICE_PLUGIN_TIMEOUT' }])
    expect(refused).toBe(true)
  })

  test('a client that leaves ends it, and nothing counts as inspected', async () => {
    const clock = { now: 0 }
    const controller = new AbortController()
    const going = run([loaded(slow(clock))], [long, segment({ text: 'needle' })], { clock, signal: controller.signal })
    controller.abort()
    const { refused, detections } = await going
    expect(refused).toBe(true)
    expect(detections).toHaveLength(0)
  })

  test('many short texts are one long one', async () => {
    const clock = { now: 0 }
    const many = Array.from({ length: 2000 }, (_, at) => segment({ text: at === 1999 ? 'needle' : 'x'.repeat(200) }))
    let turns = 0
    const other = setInterval(() => {
      turns += 1
    }, 0)
    const { detections } = await run([loaded(slow(clock))], many, { clock })
    clearInterval(other)
    expect(detections).toHaveLength(1)
    expect(turns).toBeGreaterThan(10)
  })
})
