import { describe, expect, test } from 'bun:test'
import { fileURLToPath } from 'node:url'
import type { Direction, Json } from '@sluice/core'
import { json, sse } from '@sluice/testing'
import type { AppPatch } from '../../harness/sluice.ts'
import { prompt, streamed, whole } from './answers.ts'
import { detectorFaults, filterFaults, lateMs } from './faulty-plugins.ts'
import { served } from './served.ts'

const file = fileURLToPath(new URL('./faulty-plugins.ts', import.meta.url))
const modes = ['inspect', 'exchange', 'scan'] as const
const hooks = ['define', 'call', 'result'] as const
const onErrors = ['refuse', 'forward'] as const
const timeoutMs = lateMs - 50

interface Case {
  readonly name: string
  readonly plugin: string
  /** By what the fault is recorded. */
  readonly hook: string
  readonly how: string
  readonly direction: Direction
  readonly onError: (typeof onErrors)[number]
  readonly options: object
}

const cases: readonly Case[] = onErrors.flatMap((onError) => [
  ...modes.flatMap((mode) =>
    Object.keys(detectorFaults[mode]).flatMap((how) =>
      (['ingress', 'egress'] as const).map((direction): Case => {
        const hook = mode === 'scan' ? 'scan' : 'inspect'
        const name = `${onError}: a detector that ${how} (${mode}, ${direction})`
        return { name, plugin: `${mode}-${onError}`, hook, how, direction, onError, options: { how, direction } }
      }),
    ),
  ),
  ...hooks.flatMap((hook) =>
    Object.keys(filterFaults).map((how): Case => {
      const direction = hook === 'call' ? 'egress' : 'ingress'
      const name = `${onError}: a tool filter that ${how} (${hook})`
      return { name, plugin: `filter-${onError}`, hook, how, direction, onError, options: { how, hook } }
    }),
  ),
])

// One AppContext for each: its own options make it an instance of the plugin that fails.
const apps = Object.fromEntries(
  cases.map(({ plugin, options }, at): [string, AppPatch] => [
    `${at}`,
    { plugins: [{ id: plugin, options: { ...options } }] },
  ]),
)
const gateway = served({
  apps: { ...apps, well: {} },
  config: {
    plugins: onErrors.flatMap((onError) => [
      ...modes.map((mode) => ({
        use: `${file}#detector`,
        id: `${mode}-${onError}`,
        onError,
        timeoutMs,
        options: { mode },
      })),
      { use: `${file}#filter`, id: `filter-${onError}`, onError, timeoutMs },
    ]),
  },
})
const chat = '/v1/chat/completions'
const said = [
  { content: 'what the model said', calls: [{ id: 'c1', name: 'f', input: '{"a":"what the model asked"}' }] },
]
const frames = streamed(said)
const body = (stream: boolean) =>
  prompt('hi', {
    stream,
    tools: [{ type: 'function', function: { name: 'f' } }],
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', tool_calls: [{ id: 'c0', type: 'function', function: { name: 'f', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'c0', content: 'a result' },
    ] as Json,
  })

async function send(app: string, stream: boolean) {
  gateway.upstream.respond(stream ? sse(frames) : json(whole(said)))
  const before = gateway.upstream.requests.length
  const answer = await gateway.send(chat, body(stream), { app })
  return { answer, record: await gateway.record(answer), calls: gateway.upstream.requests.length - before }
}

// https://github.com/langwatch/langwatch/issues/6157, https://github.com/BerriAI/litellm/pull/36119
describe('14 “fail closed” that is open', () => {
  test.each([false, true])('where nothing fails it passes, inspected (stream: %p)', async (stream) => {
    const { answer, record } = await send('well', stream)
    expect([answer.status, record.inspection, record.faults]).toEqual([200, 'inspected', []])
  })

  test.each(cases.map((one, at) => [one.name, at, one] as const))('%s', async (_, at, one) => {
    const { plugin, hook, how, direction, onError } = one
    const late = how === 'never answers' || how === 'is late'
    const fault = { plugin, hook, code: late ? 'SLUICE_PLUGIN_TIMEOUT' : 'SLUICE_PLUGIN_FAILED' }
    for (const stream of [false, true]) {
      const { answer, record, calls } = await send(`${at}`, stream)
      // What has been given cannot be taken back: an observed answer goes on, whatever fails.
      const passes = onError === 'forward' || (stream && direction === 'egress')
      expect([stream, answer.status]).toEqual([stream, passes ? 200 : 503])
      if (passes) expect(answer.text()).toBe(stream ? frames : whole(said))
      else {
        expect(answer.text()).not.toContain('what the model')
        expect(record).toMatchObject({ outcome: 'refused', code: 'SLUICE_NOT_INSPECTED', status: 503 })
      }
      expect(calls).toBe(direction === 'ingress' && !passes ? 0 : 1)
      expect(record.faults).toEqual([fault])
      const missed = record.segments.notInspected
      expect(missed).toContainEqual({
        direction,
        content: hook === 'scan' || hook === 'inspect' ? 'detector-failed' : 'filter-failed',
        reason: `${plugin}: ${fault.code}`,
        count: 1,
      })
      expect(record.inspection).not.toBe('inspected')
      expect(record.trust).toEqual({ before: 0, after: 0 })
    }
  })
})
