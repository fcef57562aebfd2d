import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { streamedContent, streamFrames, wholeAnswer, wholeContent } from './answers.ts'
import { cases } from './cases.ts'
import { publish } from './publish.ts'
import { median, type Run, ratios } from './results.ts'

const run = (system: string, round: number, requestsPerSecond: number): Run => ({
  case: 'whole-1k',
  system,
  round,
  requestsPerSecond,
  p50Ms: 1,
  p99Ms: 2,
  requests: 10,
  bytesPerResponse: 100,
  errors: 0,
  processorMicros: 20,
})

test('the median of an even number lies between the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, 2.5, Number.NaN])
})

test('ratios compare within a round, and only what was measured', () => {
  const runs = [run('b', 0, 100), run('d', 0, 80), run('b', 1, 50), run('d', 1, 45)]
  expect(ratios(runs)).toEqual([{ case: 'whole-1k', pair: 'd/b', perRound: [0.8, 0.9], median: median([0.8, 0.9]) }])
})

describe('publish', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-bench-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('replaces what stands between the markers and nothing else', () => {
    const file = join(folder, 'performance.md')
    writeFileSync(file, '# Speed\n\nBefore.\n')
    publish(file, 'first')
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nAfter.\n`)
    publish(file, 'second')
    const text = readFileSync(file, 'utf8')
    expect(text).toStartWith('# Speed\n\nBefore.\n\n<!-- bench:begin')
    expect(text).toEndWith('second\n\n<!-- bench:end -->\n\nAfter.\n')
    expect(text).not.toContain('first')
  })
})

test('the stream has 200 chunks like the provider and says what it is checked for', () => {
  const chunks = streamFrames.slice(0, -1).map((frame) => JSON.parse(frame.slice('data: '.length)))
  expect(chunks.length).toBe(200)
  expect(chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join('')).toBe(streamedContent)
  expect(new Set(chunks.map((chunk) => chunk.obfuscation.length)).size).toBeGreaterThan(5)
  expect(streamFrames.at(-1)).toBe('data: [DONE]\n\n')
  expect(JSON.parse(wholeAnswer).choices[0].message.content).toBe(wholeContent)
})

test('prompts have the size their case names', () => {
  const sizes = cases.map(({ id, body }) => [id, JSON.parse(body).messages[1].content.length])
  expect(Object.fromEntries(sizes)).toEqual({
    'whole-1k': 1024,
    'whole-20k': 20 * 1024,
    stream: 300,
    'growth-5k': 5 * 1024,
    'growth-100k': 100 * 1024,
  })
})
