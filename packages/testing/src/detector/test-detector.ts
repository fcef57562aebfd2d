import assert from 'node:assert/strict'
import { type DetectorInstance, type Finding, isContentLimit, type MaybePromise } from '@sluice/core'
import { everySplit } from '../split/index.ts'
import { checkFindings, findIn, scanPieces } from './run-detector.ts'

/** A text in which `[[` and `]]` stand around what must be found: `call [[4111 1111 1111 1111]] now`. */
export type MarkedText = string

export interface DetectorFixtures {
  /** For each type of the detector. Neither list may be empty: a detector that finds everything, or nothing, would pass. */
  readonly [type: string]: {
    readonly found: readonly MarkedText[]
    /** Texts in which this type is not found. */
    readonly clean: readonly string[]
  }
}

export interface DetectorTestOptions {
  /** The test function of the runner: `test` of `bun:test`, `Deno.test`, `test` of `node:test`. */
  readonly test: (name: string, run: () => MaybePromise<void>) => void
  /** Strings repeated to 32 KB on which the scan must stay fast, besides those made from the fixtures. */
  readonly stress?: readonly string[]
  /**
   * Milliseconds for 32 KB, best of three, read three ways. Default 1000: far above what a linear detector takes on a
   * busy machine, and far below what a quadratic one takes. How fast a detector is, a benchmark tells.
   */
  readonly budget?: number
}

/** One conformance kit for all detectors that read a segment: types, offsets, law 3 (however it is cut), cost. */
export function testDetector(
  create: () => MaybePromise<DetectorInstance>,
  fixtures: DetectorFixtures,
  { test, stress = [], budget = 1000 }: DetectorTestOptions,
): void {
  test('every type has something to find and something to leave alone', async () => {
    const { types } = await create()
    for (const type of Object.keys(types)) {
      assert(fixtures[type]?.found.length, `no text in which ${type} is found`)
      assert(fixtures[type]?.clean.length, `no text without ${type}`)
    }
    for (const type of Object.keys(fixtures))
      assert(Object.hasOwn(types, type), `${type} is not a type of the detector`)
  })

  for (const [type, { found, clean }] of Object.entries(fixtures)) {
    test(`${type} is found where it stands, and only there`, async () => {
      const detector = await create()
      for (const fixture of found) {
        const { text, spans } = unmark(fixture)
        assert(spans.length > 0, 'a text to find something in has no mark')
        assert.deepEqual(await spansOf(detector, type, text), spans, `in ${JSON.stringify(fixture)}`)
      }
      for (const text of clean) {
        assert.deepEqual(await spansOf(detector, type, text), [], `in ${JSON.stringify(text)}`)
      }
    })

    test(`${type}: the same findings however the text is cut`, async () => {
      const detector = await create()
      if (detector.mode !== 'scan') return
      for (const text of [...found.map((fixture) => unmark(fixture).text), ...clean]) {
        const whole = scanPieces(detector, [text])
        for (const { name, pieces } of everySplit(text)) {
          assert.deepEqual(scanPieces(detector, pieces), whole, `${name} in ${JSON.stringify(text)}`)
        }
      }
    })
  }

  test('cost grows with the length of the text, whatever stands in it', async () => {
    const detector = await create()
    const units = Object.values(fixtures).flatMap(({ found }) => found.flatMap(hardUnits))
    for (const unit of new Set([...stress, ...units])) {
      const text = unit.repeat(Math.ceil(32_768 / unit.length)).slice(0, 32_768)
      const ms = await bestOfThree(() => untilRefused(() => findIn(detector, text)), budget)
      assert(ms < budget, `${ms.toFixed(0)} ms for 32 KB of ${JSON.stringify(unit.slice(0, 80))}`)
    }
  })
}

/** The text without its marks, and where they stood. */
export function unmark(marked: MarkedText): { readonly text: string; readonly spans: readonly (readonly number[])[] } {
  const spans: number[][] = []
  let text = ''
  for (const [at, part] of marked.split(/\[\[|\]\]/).entries()) {
    if (at % 2 === 1) spans.push([text.length, text.length + part.length])
    text += part
  }
  return { text, spans }
}

async function spansOf(detector: DetectorInstance, type: string, text: string): Promise<readonly number[][]> {
  const findings = await findIn(detector, text)
  checkFindings(detector, text, findings)
  return findings.filter((finding: Finding) => finding.type === type).map(({ start, end }) => [start, end])
}

/** A whole text, what is found in it, and the halves of that: what makes a pattern begin and not end. */
function hardUnits(fixture: MarkedText): readonly string[] {
  const { text, spans } = unmark(fixture)
  return spans.flatMap(([start = 0, end = 0]) => {
    const half = Math.ceil((start + end) / 2)
    return [text, text.slice(start, end), text.slice(start, half), text.slice(0, half), text.slice(start, start + 8)]
  })
}

/** Content that takes a detector over its bound is refused there and then: its cost is what it took until then. */
async function untilRefused(run: () => MaybePromise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!isContentLimit(error)) throw error
  }
}

/** Ms of the best of at most three runs: the first that is within the budget settles it. */
async function bestOfThree(run: () => MaybePromise<unknown>, budgetMs: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3 && best >= budgetMs; round++) {
    const began = performance.now()
    await run()
    best = Math.min(best, performance.now() - began)
  }
  return best
}
