import assert from 'node:assert/strict'
import type { MaybePromise, ToolCallVerdict, ToolFilterInstance } from '@sluice/core'
import type { TestRunner } from '../test-runner.ts'
import {
  callContext,
  type ExpectedVerdict,
  type ToolFilterFixtures,
  wholeCall,
  wholeResult,
  wholeTool,
} from './tool-filter-fixtures.ts'
import { assertVerdict, assertWellFormed, canary, frozen } from './verdict-laws.ts'

/** One fixture, whatever hook it is for. `undefined`: the filter has no such hook. */
interface Case {
  readonly hook: keyof ToolFilterInstance
  readonly subject: string
  readonly expected: ExpectedVerdict
  judge(filter: ToolFilterInstance, exchange: string): MaybePromise<ToolCallVerdict> | undefined
}

const hostileNames = [
  '',
  '.',
  '..',
  '__proto__',
  'constructor',
  'a/b',
  '\n',
  '\u0000',
  '\ud800',
  '(((((',
  'x'.repeat(100_000),
]

/**
 * The contract of a tool filter, and that it judges `fixtures` as said. `create` makes a fresh instance. Throws at once
 * where a hook's fixtures prove nothing: without one that is denied or rewritten and one that is not, a filter that
 * always answers the same would pass.
 */
export function testToolFilter(
  name: string,
  create: () => MaybePromise<ToolFilterInstance>,
  fixtures: ToolFilterFixtures,
  runner: TestRunner,
): void {
  const cases = casesOf(fixtures)
  refuseVacuous(name, cases)
  runner.describe(name, () => {
    for (const [index, one] of cases.entries()) {
      runner.test(`${index + 1}: ${one.hook} ${one.subject}: ${spelled(one.expected)}`, async () => {
        const filter = await create()
        // Twice: a filter may not change its mind about the same thing.
        for (const exchange of ['ex_1', 'ex_1', 'ex_2']) {
          const verdict = await one.judge(filter, exchange)
          assert.ok(verdict !== undefined, `the filter has no hook "${one.hook}"`)
          assertVerdict(verdict, one.expected)
        }
      })
    }
    runner.test('verdicts do not depend on what other exchanges asked before', async () => {
      const filter = await create()
      for (const [index, one] of [...cases, ...cases.toReversed()].entries()) {
        const verdict = await one.judge(filter, `ex_${index}`)
        if (verdict !== undefined) assertVerdict(verdict, one.expected)
      }
    })
    runner.test('no name, description or argument makes it throw, or comes back in a verdict', async () => {
      const filter = await create()
      for (const hostile of hostileNames) {
        for (const one of casesOf(hostileFixtures(hostile))) {
          const verdict = await one.judge(filter, 'ex_1')
          if (verdict !== undefined) assertWellFormed(verdict)
        }
      }
    })
  })
}

function casesOf(fixtures: ToolFilterFixtures): Case[] {
  return [
    ...(fixtures.define ?? []).map(
      ({ tool, verdict }): Case => ({
        hook: 'define',
        subject: tool.name,
        expected: verdict,
        judge: (filter, exchange) => filter.define?.(frozen(wholeTool(tool)), frozen(callContext(exchange))),
      }),
    ),
    ...(fixtures.call ?? []).map(
      ({ call, verdict }): Case => ({
        hook: 'call',
        subject: call.name,
        expected: verdict,
        judge: (filter, exchange) => filter.call?.(frozen(wholeCall(call)), frozen(callContext(exchange))),
      }),
    ),
    ...(fixtures.result ?? []).map(
      ({ result, verdict }): Case => ({
        hook: 'result',
        subject: result.name ?? 'unnamed',
        expected: verdict,
        judge: (filter, exchange) => filter.result?.(frozen(wholeResult(result)), frozen(callContext(exchange))),
      }),
    ),
  ]
}

function refuseVacuous(name: string, cases: readonly Case[]): void {
  if (cases.length === 0) throw new Error(`${name}: there is no fixture`)
  for (const hook of new Set(cases.map((one) => one.hook))) {
    const acting = cases.filter((one) => one.hook === hook).map((one) => typeof one.expected === 'object')
    if (!acting.includes(true)) throw new Error(`${name}: no fixture of "${hook}" is denied or rewritten`)
    if (!acting.includes(false)) throw new Error(`${name}: every fixture of "${hook}" is denied or rewritten`)
  }
}

function hostileFixtures(name: string): ToolFilterFixtures {
  const inputSchema = { type: 'object', properties: { [canary]: { description: canary, enum: [canary] } } }
  return {
    define: [{ tool: { name, description: canary, inputSchema }, verdict: 'abstain' }],
    call: [{ call: { name, input: { [canary]: canary } }, verdict: 'abstain' }],
    result: [{ result: { name, text: canary }, verdict: 'abstain' }],
  }
}

function spelled(expected: ExpectedVerdict): string {
  if (typeof expected === 'string') return expected
  return 'deny' in expected ? expected.deny : 'rewrite'
}
