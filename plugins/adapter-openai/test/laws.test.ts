import { expect, test } from 'bun:test'
import type { Json, Operation } from '@sluice/core'
import { seededRandom } from '@sluice/testing'
import fc from 'fast-check'
import { operations } from '../src/operations/all.ts'
import { chatCompletions } from '../src/operations/chat-completions.ts'
import { NO_TARGET, readStream, verdictOf } from './core-inside.ts'

const SEED = 20261123

interface Call {
  readonly id: string
  readonly name: string
  readonly input: string
  readonly isCustom: boolean
}

interface Answer {
  readonly content: string
  readonly reasoning: string
  readonly refusal: string
  readonly calls: readonly Call[]
}

const call: fc.Arbitrary<Omit<Call, 'id'>> = fc.record({
  name: fc.stringMatching(/^[a-z]{1,6}_[0-9]{1,3}$/),
  input: fc.oneof(fc.json({ maxDepth: 2 }), fc.string({ unit: 'grapheme' })),
  isCustom: fc.boolean(),
})
const answer: fc.Arbitrary<Answer> = fc
  .record({
    content: fc.string({ unit: 'grapheme' }),
    reasoning: fc.string({ unit: 'grapheme' }),
    refusal: fc.string(),
    calls: fc.array(call, { maxLength: 4 }),
  })
  .map(({ calls, ...rest }) => ({ ...rest, calls: calls.map((each, at) => ({ ...each, id: `call_${at}` })) }))

test('answers cut into deltas at random, choices and calls interleaved, are read as the whole', () => {
  const property = fc.property(fc.array(answer, { minLength: 1, maxLength: 3 }), fc.nat(), (answers, seed) => {
    const request = chatCompletions.readRequest({ type: 'none' }, NO_TARGET)
    const value: Json = { model: 'm', choices: answers.map(wholeChoice) }
    const whole = chatCompletions.readResponse({ type: 'json', text: '', value }, { status: 200, request })
    const frames = interleaved(answers.map(deltasOf(seed)), seed).map((choice) => ({ model: 'm', choices: [choice] }))
    const text = `${frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join('')}data: [DONE]\n\n`
    const reading = readStream(chatCompletions, [new TextEncoder().encode(text)])
    expect(reading.ended).toBe(true)
    expect(verdictOf(reading.view)).toEqual(verdictOf(whole))
  })
  fc.assert(property, { seed: SEED, numRuns: 300 })
})

function wholeChoice({ content, reasoning, refusal, calls }: Answer, index: number): Json {
  const tool_calls = calls.map(({ id, name, input, isCustom }) => {
    return isCustom ? { id, type: 'custom', custom: { name, input } } : { id, function: { name, arguments: input } }
  })
  return { index, message: { content, reasoning, refusal, tool_calls }, finish_reason: 'stop' }
}

/** The frames of one choice, in order; the deltas of its calls mixed among themselves. */
function deltasOf(seed: number): (answer: Answer, index: number) => Json[] {
  return ({ content, reasoning, refusal, calls }, index) => {
    const next = seededRandom(seed + index)
    const choice = (delta: Json): Json => ({ index, delta, finish_reason: null })
    const spoken = { reasoning, content, refusal }
    const texts = Object.entries(spoken).flatMap(([key, text]) => cut(text, next).map((piece) => ({ [key]: piece })))
    const streams = calls.map(({ id, name, input, isCustom }, at) => {
      const [key, member] = isCustom ? ['custom', 'input'] : ['function', 'arguments']
      const first = { index: at, id, type: key, [key]: { name, [member]: '' } }
      return [first, ...cut(input, next).map((piece) => ({ index: at, [key]: { [member]: piece } }))]
    })
    // The first deltas come in the order of the calls, as everywhere; what follows, in any.
    const heads = streams.map(([head]) => head ?? {})
    const tails = interleaved(
      streams.map((stream) => stream.slice(1)),
      seed,
    )
    const deltas = [...texts, ...[...heads, ...tails].map((delta) => ({ tool_calls: [delta] }))]
    return [...deltas.map(choice), { index, delta: {}, finish_reason: 'stop' }]
  }
}

function cut(text: string, next: () => number): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + Math.floor(next() * 6)
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

/** The items of several lists, each list in its own order. */
function interleaved(lists: readonly (readonly Json[])[], seed: number): Json[] {
  const next = seededRandom(seed)
  const rest = lists.map((list) => [...list])
  const mixed: Json[] = []
  for (;;) {
    const left = rest.filter((list) => list.length > 0)
    const item = left[Math.floor(next() * left.length)]?.shift()
    if (item === undefined) return mixed
    mixed.push(item)
  }
}

test('no reading throws, whatever the other side sends', () => {
  const names = ['choices', 'delta', 'message', 'tool_calls', 'function', 'content', 'logprobs', 'messages', 'tools']
  const key = fc.oneof(
    fc.constantFrom(...names, 'error', 'input', 'prompt', 'segments', 'usage', '__proto__'),
    fc.constantFrom('type', 'item', 'items', 'output', 'response', 'part', 'data', 'summary', 'action', 'annotation'),
    fc.string(),
  )
  const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.constantFrom<Json>(null, true, 0, -1, 4e9, 1.5, '', 'text', 'function'),
      fc.constantFrom('message', 'function_call', 'shell_call', 'response.output_text.delta', 'response.completed'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ),
  }))
  const property = fc.property(fc.constantFrom(...operations), fc.array(tree, { minLength: 1 }), readAll)
  fc.assert(property, { seed: SEED, numRuns: 2000 })
})

function readAll(operation: Operation, values: readonly Json[]): void {
  const decoder = operation.decoder('text/event-stream', operation.readRequest({ type: 'none' }, NO_TARGET))
  for (const [index, value] of values.entries()) {
    const body = { type: 'json', text: '', value } as const
    const request = operation.readRequest(body, NO_TARGET)
    operation.readResponse(body, { status: 200, request })
    decoder?.decode({ index, data: '', value })
  }
  decoder?.end()
}

test('nesting too deep for the stack does not throw either', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`)
  for (const operation of operations) {
    const called = { id: 'c', function: { name: 'f', arguments: deep }, annotations: deep }
    readAll(operation, [
      { choices: [{ delta: { tool_calls: [called], annotations: deep } }], messages: deep, tools: [deep] },
    ])
  }
})
