import { describe, expect, test } from 'bun:test'
import type { DetectionTypeSpec, DetectorInstance, TextSegment } from '@sluice/core'
import { findIn, scanPieces, splitAt } from '@sluice/testing'
import fc from 'fast-check'
import { charSet } from './char-set.ts'
import { createWindowScan, type WindowScanSetup } from './window-scan.ts'

const spec: DetectionTypeSpec = {
  message: 'A command',
  severity: 'LOW',
  riskDomain: 'AUTONOMOUS_ACTION',
  riskCategory: 'TEST',
  dataClassification: 'NONE',
}
type Setup = WindowScanSetup<'CMD' | 'ALL'>

/** Tells each window it is shown, and finds each `rm` in it and the whole of it. */
function scanOf(changes: Partial<Setup> = {}): { readonly scan: DetectorInstance; readonly windows: string[] } {
  const windows: string[] = []
  const scan = createWindowScan<'CMD' | 'ALL'>({
    types: { CMD: spec, ALL: spec },
    longest: 16,
    overlap: 4,
    judge({ text, at, segment }) {
      windows.push(`${segment.id}:${at}:${text}`)
      const commands = [...text.matchAll(/rm\b/g)].map(({ index }) => {
        return { type: 'CMD' as const, confidence: 1, start: index, end: index + 2 }
      })
      return [...commands, { type: 'ALL' as const, confidence: 0.5, start: 0, end: text.length }]
    },
    ...changes,
  })
  return { scan, windows }
}

function windowsOf(text: string, changes?: Partial<Setup>): readonly string[] {
  const { scan, windows } = scanOf(changes)
  scanPieces(scan, [text])
  return windows
}

describe('windows', () => {
  test('end after a line feed', () => {
    expect(windowsOf('ls\n\nrm x\npwd')).toEqual(['q0:0:ls\n', 'q0:4:rm x\n', 'q0:9:pwd'])
  })

  test('end after what `ends` says', () => {
    expect(windowsOf('ls; rm x|wc', { ends: charSet(';|') })).toEqual(['q0:0:ls;', 'q0:3: rm x|', 'q0:9:wc'])
    expect(windowsOf('ja。nein。', { ends: /[。]/gu })).toEqual(['q0:0:ja。', 'q0:3:nein。'])
  })

  test('are cut at their length, and begin with the end of the one before', () => {
    expect(windowsOf('0123456789abcdefghij\nx')).toEqual(['q0:0:0123456789abcdef', 'q0:12:cdefghij\n', 'q0:21:x'])
  })

  test('are not judged when there is nothing new in them', () => {
    expect(windowsOf('0123456789abcdef')).toHaveLength(1)
    expect(windowsOf('0123456789abcdef\n')).toHaveLength(1)
    expect(windowsOf('0123456789abcdef\ny')).toEqual(['q0:0:0123456789abcdef', 'q0:17:y'])
  })

  test('never part the halves of a pair', () => {
    expect(windowsOf('0123456789abcde😀x')).toEqual(['q0:0:0123456789abcde', 'q0:11:bcde😀x'])
    expect(windowsOf('0123456789a😀defghi')).toEqual(['q0:0:0123456789a😀def', 'q0:11:😀defghi'])
  })

  test('are judged only where a literal occurs, in whatever case', () => {
    expect(windowsOf('ls\nRM x\ncurl y\nrmdir', { literals: ['rm', 'Curl'] })).toEqual([
      'q0:3:RM x\n',
      'q0:8:curl y\n',
      'q0:15:rmdir',
    ])
    expect(windowsOf('ls\nrm', { literals: [] })).toEqual([])
  })
})

test('what two windows show is found once', async () => {
  const found = await findIn(scanOf().scan, '0123456789 abrm x')
  expect(found.map(({ type, start, end }) => [type, start, end])).toEqual([
    ['ALL', 0, 16],
    ['ALL', 12, 17],
    ['CMD', 13, 15],
  ])
})

test('the text is cleared up to the window that is open', () => {
  const { scan } = scanOf()
  if (scan.mode !== 'scan') throw new Error('not a scan')
  const segment = { id: 's0', direction: 'egress', kind: 'assistant', trust: 'model' } as const
  expect(scan.push(scan.init(segment), 'ls\nrm').clearedTo).toBe(3)
  expect(scan.push(scan.init(segment), '0123456789abcdefg').clearedTo).toBe(12)
})

test('the same findings, and the same windows, however the text is cut (law 3)', async () => {
  const text = fc
    .array(fc.constantFrom('rm ', 'a', '\n', 'ß', '😀', 'word ', 'RM', 'x'.repeat(15)), { maxLength: 30 })
    .map((parts) => parts.join(''))
  const cuts = fc.array(fc.nat(200), { maxLength: 20 })
  for (const changes of [{}, { literals: ['rm'] }, { longest: 7, overlap: 3, ends: / / }]) {
    await fc.assert(
      fc.asyncProperty(text, cuts, async (whole, positions) => {
        const at = positions.map((position) => position % (whole.length + 1)).sort((a, b) => a - b)
        const cut = scanOf(changes)
        const uncut = scanOf(changes)
        const found = await findIn(uncut.scan, whole)
        expect(scanPieces(cut.scan, splitAt(whole, at))).toEqual([...found])
        expect(cut.windows).toEqual([...windowsOf(whole, changes)])
      }),
      { seed: 3, numRuns: 1000 },
    )
  }
})

test('the windows that are judged for their literals are those in which one occurs', async () => {
  const part = fc.constantFrom('rm', 'R', 'm', 'Curl', ' ', '\n', 'É', 'ß', 'x'.repeat(9), 'ş')
  const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''))
  const literals = ['rm', 'mR', 'curl x', 'é']
  const occurs = new RegExp(literals.join('|'), 'iu')
  await fc.assert(
    fc.asyncProperty(text, async (whole) => {
      const expected = windowsOf(whole).filter((window) => occurs.test(window.slice(window.indexOf(':', 3) + 1)))
      expect(windowsOf(whole, { literals })).toEqual(expected)
      // As the gateway hands it over: with its text, which all detectors share.
      const shared = scanOf({ literals })
      if (shared.scan.mode === 'scan') {
        const sources = [{ place: { pointer: '' as const }, start: 0 }]
        const segment: TextSegment = {
          id: 'q0',
          direction: 'ingress',
          kind: 'user',
          trust: 'user',
          text: whole,
          sources,
        }
        shared.scan.whole?.(segment, whole)
      }
      expect(shared.windows).toEqual([...expected])
    }),
    { seed: 5, numRuns: 1000 },
  )
})

test('no more is kept than a window', () => {
  const { scan } = scanOf()
  if (scan.mode !== 'scan') throw new Error('not a scan')
  let state = scan.init({ id: 's0', direction: 'egress', kind: 'assistant', trust: 'model' })
  for (let at = 0; at < 5000; at++) state = scan.push(state, 'no line feed ').state
  expect(JSON.stringify(state).length).toBeLessThan(400)
})

test('lengths that make no windows are refused', () => {
  expect(() => scanOf({ longest: 3, overlap: 0 })).toThrow(RangeError)
  expect(() => scanOf({ longest: 16, overlap: 9 })).toThrow(RangeError)
  expect(() => scanOf({ overlap: Number.NaN })).toThrow(RangeError)
})
