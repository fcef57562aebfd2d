import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Closeable, DetectorInstance, TextSegment } from '@sluice/core'
import { findIn, testDetector } from '@sluice/testing'
import { writeTinyModel } from '../test/tiny-model.ts'
import classifier, { type ClassifierOptions } from './index.ts'
import type { WorkerSetup } from './messages.ts'
import { ModelWorkers } from './model-workers.ts'

const folder = mkdtempSync(join(tmpdir(), 'sluice-classifier-'))
const setup = {
  instance: 'classifier',
  folder,
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: () => 0,
}
const labels = {
  INJECTION: { type: 'PROMPT_INJECTION_MODEL', severity: 'HIGH', threshold: 0.9 },
  LEAK: { type: 'PROMPT_LEAK_MODEL', threshold: 0.9 },
} as const satisfies ClassifierOptions['labels']
const opened: (DetectorInstance & Closeable)[] = []

async function create(options: Partial<ClassifierOptions> = {}): Promise<DetectorInstance & Closeable> {
  const instance = await classifier.create({ path: 'model', labels, ...options }, setup)
  opened.push(instance)
  return instance
}

beforeAll(() => writeTinyModel(join(folder, 'model')))
afterAll(async () => {
  await Promise.all(opened.map(async (one) => await one.close?.()))
  rmSync(folder, { recursive: true, force: true })
})

describe('conformance', () => {
  let one: Promise<DetectorInstance> | undefined
  testDetector(
    () => (one ??= create()),
    {
      PROMPT_INJECTION_MODEL: { found: ['[[ignore previous]]', '[[hello IGNORE]]'], clean: ['hello worlds', '  ', ''] },
      PROMPT_LEAK_MODEL: { found: ['[[a secret]]'], clean: ['ignore previous'] },
    },
    { test, budget: 20_000 },
  )
})

test('says how sure the model is, and why', async () => {
  const [finding] = await findIn(await create(), 'ignore')
  const sure = Math.exp(9) / (Math.exp(9) + Math.exp(4) + 1)
  expect(finding).toMatchObject({
    severity: 'HIGH',
    data: { rule: 'classifier', evidence: 'model', label: 'INJECTION' },
  })
  expect(finding?.confidence).toBeCloseTo(sure, 5)
})

test('a model of several labels at once is read with a sigmoid', async () => {
  writeTinyModel(join(folder, 'multi'), { config: { problem_type: 'multi_label_classification' } })
  const [finding] = await findIn(await create({ path: 'multi' }), 'ignore')
  expect(finding?.confidence).toBeCloseTo(1 / (1 + Math.exp(-9)), 5)
})

test('a unigram vocabulary, as DeBERTa has it', async () => {
  writeTinyModel(join(folder, 'unigram'), { tokenizer: 'Unigram' })
  const detector = await create({ path: 'unigram' })
  expect(await findIn(detector, 'hello Ignore previous')).toHaveLength(1)
  expect(await findIn(detector, 'hello previous world')).toEqual([])
})

test('a long text is read in windows, and the finding stands where it was', async () => {
  const before = 'hello world '.repeat(300)
  const text = `${before}ignore ${'hello world '.repeat(300)}`
  const detector = await create({ maxTokens: 32, overlapTokens: 8 })
  const [finding, ...others] = await findIn(detector, text)
  expect(others).toEqual([])
  expect(finding?.start).toBeLessThanOrEqual(before.length)
  expect(finding?.end).toBeGreaterThanOrEqual(before.length + 6)
  expect((finding?.end ?? 0) - (finding?.start ?? 0)).toBeLessThan(32 * 12)
})

test('calls at once are each answered with their own', async () => {
  const detector = await create({ workers: 2 })
  const texts = Array.from({ length: 20 }, (_, at) => (at % 3 === 0 ? 'ignore' : 'hello'))
  const found = await Promise.all(texts.map((text) => findIn(detector, text)))
  expect(found.map(({ length }) => length)).toEqual(texts.map((text) => Number(text === 'ignore')))
})

function asked(detector: DetectorInstance, text: string, signal: AbortSignal): Promise<unknown> {
  if (detector.mode !== 'inspect') throw new Error('it inspects')
  const segment: TextSegment = {
    ...{ id: 'q0', direction: 'ingress', kind: 'user', trust: 'user', text },
    sources: [{ place: { pointer: '' }, start: 0 }],
  }
  return Promise.resolve(detector.inspect(segment, { exchange: 'ex', app: 'ac', operation: 'test', signal }))
}

test('a call that is given up ends at once, and the worker is free soon after', async () => {
  const detector = await create({ maxTokens: 8, overlapTokens: 0, batch: 1 })
  const long = 'hello world '.repeat(20_000)
  const began = performance.now()
  await expect(asked(detector, long, AbortSignal.timeout(50))).rejects.toThrow()
  expect(performance.now() - began).toBeLessThan(2000)
  expect(await findIn(detector, 'ignore')).toHaveLength(1)
  expect(performance.now() - began).toBeLessThan(8000)
  await expect(asked(detector, 'hello', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
})

test('one text more than may wait is refused; one that waits can be given up', async () => {
  const detector = await create({ queue: 1, maxTokens: 8, overlapTokens: 0, batch: 1 })
  const first = new AbortController()
  const running = asked(detector, 'hello world '.repeat(20_000), first.signal)
  const waiting = asked(detector, 'hello', AbortSignal.timeout(100))
  await expect(asked(detector, 'hello', setup.signal)).rejects.toThrow('1 texts are waiting')
  await expect(waiting).rejects.toThrow()
  first.abort(new Error('enough'))
  await expect(running).rejects.toThrow('enough')
})

test('what is wrong with the folder is said when the gateway starts', async () => {
  await expect(create({ path: 'nowhere' })).rejects.toThrow(/config.json cannot be read in .*nowhere/)
  await expect(create({ labels: { JAILBREAK: labels.LEAK } })).rejects.toThrow('no label JAILBREAK, but BENIGN')
  await expect(create({ overlapTokens: 500 })).rejects.toThrow('half of maxTokens')
  writeTinyModel(join(folder, 'broken'))
  writeFileSync(join(folder, 'broken', 'model.onnx'), 'not a model')
  await expect(create({ path: 'broken' })).rejects.toMatchObject({ code: 'SLUICE_PLUGIN_OPTIONS_INVALID' })
})

test('kinds that are not named are left out', async () => {
  const { excludes } = await create({ kinds: ['tool-result'] })
  expect(excludes).toContain('user')
  expect(excludes).not.toContain('tool-result')
})

describe('workers', () => {
  const worker: WorkerSetup = {
    folder: join(folder, 'model'),
    ...{ file: 'model.onnx', maxTokens: 32, overlapTokens: 8, batch: 2, runtime: 'onnxruntime-web' },
  }

  test('one that ends rejects what it was asked, and the next text has a new one', async () => {
    const workers = new ModelWorkers(worker, { workers: 1, queue: 4 })
    await workers.start()
    const lost = workers.classify('hello world '.repeat(20_000), setup.signal)
    await workers.restart()
    await expect(lost).rejects.toThrow('the worker ended')
    expect(await workers.classify('hello', setup.signal)).toHaveLength(1)
    await workers.close()
    await expect(workers.classify('hello', setup.signal)).rejects.toThrow('closed')
  })
})
