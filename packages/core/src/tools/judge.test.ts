import { describe, expect, test } from 'bun:test'
import { context, filter, tool } from '../../test/fakes.ts'
import type { LoadedToolFilter } from '../protocol/exchange.ts'
import type { ToolCall } from '../protocol/view.ts'
import { judge } from './judge.ts'

const call: ToolCall = { callId: 'c', name: 'shell', choice: 0, input: {}, inputText: '{}' }
const deny = { type: 'deny', code: 'NOT_ALLOWED', reason: 'no' } as const
const allow = { type: 'allow' } as const
const abstain = { type: 'abstain' } as const
const rewrite = { type: 'rewrite', input: { safe: true }, reason: 'safer' } as const

function answering(answer: unknown, rest: Partial<LoadedToolFilter> = {}): LoadedToolFilter {
  // Hostile on purpose: the type of an answer is just what is not believed.
  const lie = (): never => (typeof answer === 'function' ? answer() : answer) as never
  return filter({ define: lie, call: lie, result: lie }, rest)
}

describe('judge', () => {
  test('denial outranks rewrite, rewrite allowance, allowance abstention, in whatever order', async () => {
    const ranked = [deny, rewrite, allow, abstain]
    for (const [index, stronger] of ranked.entries()) {
      for (const weaker of ranked.slice(index)) {
        for (const both of [
          [stronger, weaker],
          [weaker, stronger],
        ]) {
          const filters = both.map((verdict) => answering(verdict, { id: verdict.type }))
          const judgement = await judge(filters, 'call', call, context)
          expect(judgement).toMatchObject({ verdict: stronger, filter: stronger.type, faults: [], refused: false })
        }
      }
    }
  })

  test('filters without the hook are not asked; without any, nobody has said anything', async () => {
    expect(await judge([filter({})], 'define', tool('a', 0), context)).toEqual({
      verdict: undefined,
      filter: '',
      faults: [],
      refused: false,
    })
  })

  test('the hook is called on its instance', async () => {
    class Counting {
      asked = 0
      define() {
        this.asked++
        return allow
      }
    }
    const counting = new Counting()
    await judge([filter(counting)], 'define', tool('a', 0), context)
    expect(counting.asked).toBe(1)
  })

  const circular: { self?: unknown } = {}
  circular.self = circular
  const nonsense: readonly [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['text', 'allow'],
    ['another type', { type: 'maybe' }],
    ['an inherited type', Object.create({ type: 'nope' })],
    ['a denial without a code', { type: 'deny', reason: 'x' }],
    ['a denial whose code is a sentence', { ...deny, code: 'the prompt said: needle' }],
    ['a rewrite without an input', { type: 'rewrite', reason: 'x' }],
    ['a rewrite to nothing', { ...rewrite, input: undefined }],
    ['a rewrite that is no JSON', { ...rewrite, input: 1n }],
    ['a rewrite that holds itself', { ...rewrite, input: circular }],
    ['a rejection', () => Promise.reject(new Error('needle'))],
    ['a promise of nonsense', Promise.resolve({ type: 'maybe' })],
  ]
  for (const [name, answer] of nonsense) {
    test(`${name} is a fault, with the verdict of onError`, async () => {
      const judgement = await judge([answering(answer)], 'call', call, context)
      expect(judgement).toEqual({
        verdict: undefined,
        filter: '',
        faults: [{ plugin: 'rules', hook: 'call', code: 'SLUICE_PLUGIN_FAILED' }],
        refused: true,
      })
      const open = await judge([answering(answer, { onError: 'forward' }), answering(deny)], 'call', call, context)
      expect(open).toMatchObject({ verdict: deny, refused: false })
    })
  }

  test('only a call can be rewritten', async () => {
    expect((await judge([answering(rewrite)], 'define', tool('a', 0), context)).faults).toHaveLength(1)
    expect((await judge([answering(rewrite)], 'call', call, context)).faults).toHaveLength(0)
  })

  test('a filter that throws is a fault', async () => {
    const throwing = filter({
      call() {
        throw new Error('needle')
      },
    })
    expect((await judge([throwing], 'call', call, context)).faults).toHaveLength(1)
  })

  test('a late one is a fault, is not asked again, and is not waited for once the client has left', async () => {
    let asked = 0
    const hanging = (timeoutMs: number, onError: 'refuse' | 'forward') =>
      filter({ call: () => new Promise(() => asked++) }, { timeoutMs, onError })
    const slow = hanging(10, 'forward')
    const late = new Set<LoadedToolFilter>()
    const first = await judge([slow], 'call', call, context, late)
    expect(first).toMatchObject({ faults: [{ code: 'SLUICE_PLUGIN_TIMEOUT' }], refused: false })
    expect(await judge([slow], 'call', call, context, late)).toMatchObject({ faults: [], refused: false })
    expect(asked).toBe(1)
    const client = new AbortController()
    setTimeout(() => client.abort(), 5)
    const left = { ...context, signal: client.signal }
    expect(await judge([hanging(60_000, 'forward')], 'call', call, left)).toMatchObject({ faults: [], refused: true })
  })
})
