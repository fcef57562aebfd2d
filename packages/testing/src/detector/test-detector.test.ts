import { expect, test } from 'bun:test'
import {
  ContentLimit,
  type DetectionTypeSpec,
  type DetectorInstance,
  type Finding,
  type Scan,
  scanner,
} from '@sluice/core'
import { type DetectorFixtures, testDetector, unmark } from './test-detector.ts'

const spec: DetectionTypeSpec = {
  message: 'A cat',
  severity: 'LOW',
  riskDomain: 'DATA_PROTECTION',
  riskCategory: 'CATS',
  dataClassification: 'NONE',
}
const fixtures: DetectorFixtures = { CAT: { found: ['a [[cat]] sat'], clean: ['a dog'] } }

type CatScan = Scan<{ text: string; cleared: number }, 'CAT'>

/** Finds `cat` once all text is there. `changes` break it in one way each. */
function detector(changes: Partial<CatScan> = {}): DetectorInstance {
  return scanner<{ text: string; cleared: number }, 'CAT'>(
    { CAT: spec },
    {
      init: () => ({ text: '', cleared: 0 }),
      push: (state, text) => ({ state: { ...state, text: state.text + text }, findings: [], clearedTo: 0 }),
      end: (state) => ({ state, findings: catsIn(state.text), clearedTo: state.text.length }),
      ...changes,
    },
  )
}

function catsIn(text: string): readonly Finding<'CAT'>[] {
  const start = text.indexOf('cat')
  return start === -1 ? [] : [{ type: 'CAT', confidence: 1, start, end: start + 3 }]
}

/** Names of the tests of the kit that fail. */
async function failures(
  instance: DetectorInstance,
  given: DetectorFixtures = fixtures,
  budget = 1000,
): Promise<readonly string[]> {
  const registered: { readonly name: string; readonly run: () => unknown }[] = []
  testDetector(() => instance, given, { budget, test: (name, run) => void registered.push({ name, run }) })
  const failed: string[] = []
  for (const { name, run } of registered) {
    try {
      await run()
    } catch {
      failed.push(name)
    }
  }
  return failed
}

test('an honest detector passes', async () => {
  expect(await failures(detector())).toEqual([])
})

test('a suite that proves nothing is refused', async () => {
  for (const empty of [{}, { CAT: { found: [], clean: ['a dog'] } }, { CAT: { found: ['[[cat]]'], clean: [] } }]) {
    expect(await failures(detector(), empty)).toContain('every type has something to find and something to leave alone')
  }
})

test('a detector that looks at each piece alone fails law 3', async () => {
  const perPiece = detector({
    push: (state, text) => {
      const at = state.text.length
      const findings = catsIn(text).map((one) => ({ ...one, start: one.start + at, end: one.end + at }))
      return { state: { ...state, text: state.text + text }, findings, clearedTo: at }
    },
    end: (state) => ({ state, findings: [], clearedTo: state.text.length }),
  })
  expect(await failures(perPiece)).toEqual(['CAT: the same findings however the text is cut'])
})

test('a detector that clears text it still reports on fails', async () => {
  const hasty = detector({
    push: (state, text) => ({
      state: { ...state, text: state.text + text },
      findings: [],
      clearedTo: state.text.length + text.length,
    }),
  })
  expect(await failures(hasty)).toContain('CAT is found where it stands, and only there')
})

test('a finding off by one fails', async () => {
  const off = detector({
    end: (state) => ({
      state,
      findings: catsIn(state.text).map((one) => ({ ...one, end: one.end + 1 })),
      clearedTo: state.text.length,
    }),
  })
  expect(await failures(off)).toContain('CAT is found where it stands, and only there')
})

test('to refuse long content is no failure of cost, to fail in any other way is', async () => {
  const givingUp = (error: Error): DetectorInstance =>
    detector({
      push: (state, text) => {
        if (text.length > 10_000) throw error
        return { state: { ...state, text: state.text + text }, findings: [], clearedTo: 0 }
      },
    })
  expect(await failures(givingUp(new ContentLimit('too much to try')))).toEqual([])
  expect(await failures(givingUp(new Error('a fault')))).toEqual([
    'cost grows with the length of the text, whatever stands in it',
  ])
})

test('a detector that takes too long to refuse fails', async () => {
  const slow = detector({
    push: (state, text) => {
      if (text.length > 10_000) {
        const until = performance.now() + 20
        while (performance.now() < until);
        throw new ContentLimit('too much to try')
      }
      return { state: { ...state, text: state.text + text }, findings: [], clearedTo: 0 }
    },
  })
  expect(await failures(slow, fixtures, 10)).toEqual(['cost grows with the length of the text, whatever stands in it'])
})

test('marks are taken out and remembered', () => {
  expect(unmark('a [[b]] c [[de]]')).toEqual({
    text: 'a b c de',
    spans: [
      [2, 3],
      [6, 8],
    ],
  })
})
