import { expect, test } from 'bun:test'
import type { AdapterInstance, BodyView, MaybePromise, Operation, StreamDecoder } from '@sluice/core'
import parrot from '../../../../examples/adapter-parrot/index.ts'
import type { AdapterSamples } from './adapter-samples.ts'
import { testAdapter } from './test-adapter.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const setup = { instance: 'parrot', folder: '/', log: silent, signal: new AbortController().signal, now: () => 0 }

const samples: AdapterSamples = {
  requests: { say: { bird: 'polly-2', line: 'a line', stream: true } },
  answers: [
    {
      name: 'a word',
      operation: 'say',
      whole: '{"said":"Polly wants","end":"done"}',
      chunks: new TextEncoder().encode(
        'data: {"piece":"Polly "}\n\ndata: {"piece":"wants"}\n\ndata: {"end":"done"}\n\n',
      ),
    },
  ],
}

/** The names of the tests that fail. */
async function failing(
  change: (operation: Operation) => Partial<Operation>,
  given: AdapterSamples = samples,
  instance: Partial<AdapterInstance> = {},
): Promise<readonly string[]> {
  const made = await parrot.create({ baseUrl: 'https://parrot.example/v1', allowInsecure: false }, setup)
  const operations = made.operations.map((operation) => ({ ...operation, ...change(operation) }))
  const tests: (readonly [string, () => MaybePromise<void>])[] = []
  testAdapter(() => ({ ...made, operations, ...instance }), given, {
    test: (name, run) => void tests.push([name, run]),
  })
  const failed: string[] = []
  for (const [name, run] of tests) {
    try {
      await run()
    } catch {
      failed.push(name)
    }
  }
  return failed
}

const declared = 'what it declares fits together, and there is a sample of everything'
const places = 'say: its fields are known, and places lead to what is said to stand there'
const requestNeedles = 'say: no string and no name of a request passes by'
const answerPlaces = 'a word: places lead to what is said to stand there'
const answerNeedles = 'a word: no string and no name of an answer passes by, whole or streamed'
const streams = 'a word: streamed it is read as whole, however it is cut'
const refusals = 'a blocked answer is one that the provider could have given'
const strange = 'no reading throws, whatever the other side sends'

const withView = (view: BodyView, change: Partial<BodyView>): BodyView => ({ ...view, ...change })
const there = (pointer: `/${string}`) => ({ place: { pointer }, start: 0 })

test('an adapter that keeps the laws passes', async () => {
  expect(await failing(() => ({}))).toEqual([])
})

test('a suite that proves nothing fails', async () => {
  expect(await failing(() => ({}), { requests: {}, answers: [] })).toEqual([declared])
  expect(await failing(() => ({}), samples, { operations: [] })).toContain(declared)
})

test('what is passed by without a reason, twice, or all of it', async () => {
  expect(await failing(() => ({ inspection: 'opaque' }))).toEqual([declared])
  expect(await failing(() => ({ ignores: [{ pointer: '/line', reason: ' ' }] }))).toContain(declared)
  expect(await failing(() => ({ responseIgnores: [{ pointer: '/**', reason: 'why not' }] }))).toContain(declared)
  expect(await failing(() => ({ toldBy: ['X-Parrot'] }))).toEqual([declared])
  const { operations } = await parrot.create({ baseUrl: 'https://parrot.example/v1', allowInsecure: false }, setup)
  expect(await failing(() => ({}), samples, { operations: [...operations, ...operations] })).toEqual([declared])
})

test('text that nobody reads', async () => {
  expect(await failing(() => ({ ignores: [{ pointer: '/*/*', reason: 'deep' }] }))).toEqual([requestNeedles])
  expect(await failing(() => ({ responseIgnores: [{ pointer: '/*/*', reason: 'deep' }] }))).toEqual([answerNeedles])
  expect(await failing(() => ({ names: ['x-needle-name'] }))).toContain(requestNeedles)
  const covers = ({ readRequest }: Operation): Partial<Operation> => ({
    readRequest: (body, target) => {
      const opaque = [{ place: { pointer: '/line' as const }, content: 'x', reason: 'x' }]
      return withView(readRequest(body, target), { opaque, texts: [] })
    },
  })
  expect(await failing(covers)).toContain(requestNeedles)
})

test('fields that its own requests do not have, and pointers that lead elsewhere', async () => {
  expect(await failing(() => ({ fields: { '/line': ['array'] } }))).toEqual([places])
  const wrong = ({ readRequest, readResponse }: Operation): Partial<Operation> => ({
    readRequest: (body, target) => {
      const [text] = readRequest(body, target).texts
      return withView(readRequest(body, target), { texts: text ? [{ ...text, sources: [there('/bird')] }] : [] })
    },
    readResponse: (body, answer) => {
      const models = [{ value: 'polly', place: { pointer: '/nowhere' as const } }]
      return withView(readResponse(body, answer), { models })
    },
  })
  expect(await failing(wrong)).toEqual(expect.arrayContaining([places, answerPlaces]))
})

test('a stream that is read otherwise than the whole answer', async () => {
  const deaf: StreamDecoder = { decode: () => ({ events: [] }), end: () => [] }
  expect(await failing(() => ({ decoder: () => deaf }))).toEqual([streams, refusals])
  const greedy: StreamDecoder = {
    decode: () => ({ events: [], claims: ['/piece', '/end', '/x-needle-name/0'] }),
    end: () => [],
  }
  expect(await failing(() => ({ decoder: () => greedy }))).toEqual([answerNeedles, streams, refusals])
  expect(await failing(() => ({ decoder: () => undefined }))).toEqual([answerNeedles, streams, refusals])
})

test('a blocked answer that says something else, or ends like any other', async () => {
  const plain = { status: 200, contentType: 'application/json' }
  expect(await failing(() => ({ refuse: () => ({ ...plain, body: '{"said":"no","end":"hushed"}' }) }))).toEqual([
    refusals,
  ])
  const early = ({ refuse }: Operation): Partial<Operation> => ({
    refuse: (denial, how) => {
      const refusal = refuse(denial, how)
      return refusal && { ...refusal, body: refusal.body.replace('"blocked":true,', '') }
    },
  })
  expect(await failing(early)).toEqual([refusals])
})

test('a reader that throws', async () => {
  const fragile = ({ readResponse }: Operation): Partial<Operation> => ({
    readResponse: (body, answer) => {
      if (body.type === 'lines') throw new Error('lines')
      return readResponse(body, answer)
    },
  })
  expect(await failing(fragile)).toEqual([strange])
})
