import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json, sse } from '@sluice/testing'
import fc from 'fast-check'
import { chunks, frame, prompt, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({
  apps: { app: { policies: ['block-in', 'block-out'] }, open: {} },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
const options = { seed: 20261124, numRuns: 150 }

/** Names that no adapter knows, and some that one might be careless with. */
const name = fc.oneof(
  fc.stringMatching(/^[a-z_]{1,12}$/).map((text) => `x_${text}`),
  fc.constantFrom('documents', 'reasoning_details', 'thinking', '', 'é', '0', 'a/b', 'a~b', '__proto__', 'toString'),
)
/** The needle somewhere in a value of some depth, with other things beside it. */
const holding: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(needle, `words ${needle} words`),
    fc.tuple(tie('value'), fc.constantFrom<Json>(null, 1, 'x')).map(([value, other]) => [other, value]),
    fc.tuple(name, tie('value')).map(([name, value]) =>
      Object.fromEntries([
        ['x_before', 'x'],
        [name, value],
      ]),
    ),
  ),
})).value

const withField = (object: { readonly [name: string]: Json }, name: string, value: Json): string =>
  // Not by assignment, which takes `__proto__` for something else.
  `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`

// vLLM's `documents`, `delta.reasoning_content`: whatever comes next.
describe('39 text in a field that no adapter names', () => {
  const message = { role: 'user', content: 'hi' }
  const bodies: Readonly<Record<string, (name: string, value: Json) => string>> = {
    'at the top of a request': (name, value) => withField(prompt('hi'), name, value),
    'in a message': (name, value) => `{"model":"m","messages":[${withField(message, name, value)}]}`,
    'in a part': (name, value) =>
      `{"model":"m","messages":[{"role":"user","content":[${withField({ type: 'text', text: 'hi' }, name, value)}]}]}`,
    'in a tool': (name, value) =>
      `{"model":"m","messages":[],"tools":[${withField({ type: 'function', function: { name: 'f' } }, name, value)}]}`,
  }
  test.each(Object.entries(bodies))('%s', async (_, bodyOf) => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const property = fc.asyncProperty(name, holding, async (name, value) => {
      const requests = gateway.upstream.requests.length
      const answer = await gateway.send(chat, bodyOf(name, value))
      expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
      expect(gateway.upstream.requests).toHaveLength(requests)
    })
    await fc.assert(property, options)
  })

  const answers: Readonly<Record<string, (name: string, value: Json) => string>> = {
    'at the top of an answer': (name, value) => withField({ id: 'x', choices: [] }, name, value),
    'in a choice': (name, value) =>
      `{"choices":[${withField({ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }, name, value)}]}`,
    'in the message of a choice': (name, value) =>
      `{"choices":[{"index":0,"message":${withField({ role: 'assistant', content: 'ok' }, name, value)}}]}`,
    'in an error': (name, value) => `{"error":${withField({ message: 'no' }, name, value)}}`,
  }
  test.each(Object.entries(answers))('%s', async (_, answerOf) => {
    const property = fc.asyncProperty(name, holding, async (name, value) => {
      gateway.upstream.respond(json(answerOf(name, value)))
      const answer = await gateway.send(chat, prompt('hi'))
      expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    })
    await fc.assert(property, options)
  })

  test('in a frame of a stream', async () => {
    const property = fc.asyncProperty(name, holding, fc.boolean(), async (name, value, inDelta) => {
      const [first = {}, ...rest] = chunks([{ content: 'ok' }])
      const unknown = inDelta
        ? `{"choices":[{"index":0,"delta":${withField({ content: 'x' }, name, value)}}]}`
        : withField({ choices: [] }, name, value)
      const frames = [frame(first), `data: ${unknown}\n\n`, ...rest.map(frame), 'data: [DONE]\n\n']
      gateway.upstream.respond(sse(frames.join('')))
      const answer = await gateway.send(chat, prompt('hi', { stream: true }), { app: 'open' })
      expect(answer.text()).toBe(frames.join(''))
      const { detections } = await gateway.record(answer)
      expect(detections.map(({ type }) => type)).toContain(needleType)
    })
    await fc.assert(property, { ...options, numRuns: 20 })
  })
})
