import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json, sse } from '@sluice/testing'
import { prompt, streamed, whole } from '../pitfalls/answers.ts'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

const forward = { onError: 'forward' as const }
const gateway = served({
  apps: { app: { policies: ['block-in', 'block-out'] }, open: {} },
  config: {
    // Every detector lets pass what it cannot read: for faults of its own.
    plugins: [...detectors, { use: '@sluice/detector-secrets' }, { use: '@sluice/detector-exfiltration' }].map(
      (plugin) => ({ ...plugin, ...forward }),
    ),
    policies,
    limits: { maxFindings: 1000 },
  },
})
const chat = '/v1/chat/completions'
/** Found, but nothing acts on it. */
const decoy = 'ada.lovelace@engine-works.com '
const decoys = decoy.repeat(1001)
const nested = (depth: number, inside: string): string => `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`
const encodedRuns = Array.from({ length: 25 }, (_, at) => Buffer.from(`${decoy}${at}`).toString('base64')).join(' ')

describe('40 a detector’s limits are provoked to open `onError: forward`', () => {
  const requests: Readonly<Record<string, Json>> = {
    'decoys before the needle': prompt(decoys + needle),
    'decoys behind it': prompt(needle + decoys),
    'decoys in other messages': {
      model: 'm',
      messages: [...Array.from({ length: 1001 }, () => decoy), needle].map((content) => ({ role: 'user', content })),
    },
    'decoys in the arguments of a tool': {
      model: 'm',
      messages: [
        {
          role: 'assistant',
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'f', arguments: JSON.stringify({ a: decoys, b: needle }) } },
          ],
        },
      ],
    },
    'encoded runs': prompt(`${encodedRuns} ${needle}`),
    'many long words': prompt(`${'A1b2'.repeat(20_000)} ${needle} ${'key='.repeat(20_000)}`),
  }
  test.each(Object.entries(requests))('%s: refused or blocked, never forwarded', async (_, body) => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const before = gateway.upstream.requests.length
    const answer = await gateway.send(chat, JSON.stringify(body))
    const refused = answer.status === 503 || answer.text().includes('content_filter')
    expect([answer.status, refused]).toEqual([answer.status, true])
    expect(gateway.upstream.requests).toHaveLength(before)
    const record = await gateway.record(answer)
    expect(['refused', 'blocked']).toContain(record.outcome)
  })

  test('past the bound of findings it is 503, and says that it was not inspected', async () => {
    const answer = await gateway.send(chat, prompt(decoys + needle))
    const error = 'The request could not be inspected and was not forwarded.'
    expect([answer.status, answer.json()]).toEqual([503, { error }])
    expect(await gateway.record(answer)).toMatchObject({ outcome: 'refused', code: 'SLUICE_NOT_INSPECTED' })
  })

  test('content that takes a detector over a bound of its own is refused; where nothing could act, the record says so', async () => {
    const escapes = '\u001b'.repeat(20_000)
    const before = gateway.upstream.requests.length
    const answer = await gateway.send(chat, prompt(escapes))
    expect([answer.status, gateway.upstream.requests.length]).toEqual([503, before])
    expect(await gateway.record(answer)).toMatchObject({ outcome: 'refused', code: 'SLUICE_NOT_INSPECTED' })

    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const open = await gateway.send(chat, prompt(escapes), { app: 'open' })
    expect(open.status).toBe(200)
    const { segments } = await gateway.record(open)
    const reason = expect.stringMatching(/exfiltration went over a bound of its own$/)
    expect(segments.notInspected).toContainEqual({ direction: 'ingress', content: 'detector-limit', reason, count: 1 })
  })

  test('nesting: to the bound it is read, past it 400', async () => {
    const body = (depth: number) => `{"model":"m","messages":[],"x":${nested(depth, `"${needle}"`)}}`
    const read = await gateway.send(chat, body(500))
    expect(read.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    for (const depth of [512, 5000, 100_000]) {
      const refused = await gateway.send(chat, body(depth))
      expect([depth, refused.status]).toEqual([depth, 400])
    }
    // Within a string that holds JSON, too deep is no more than a string.
    const inner = JSON.stringify(nested(100_000, `"${needle}"`))
    const calls = `[{"id":"a","type":"function","function":{"name":"f","arguments":${inner}}}]`
    const inside = await gateway.send(chat, `{"model":"m","messages":[{"role":"assistant","tool_calls":${calls}}]}`)
    expect(inside.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
  })

  test('an answer of decoys and the needle is not given', async () => {
    gateway.upstream.respond(json(whole([{ content: decoys + needle }])))
    const answer = await gateway.send(chat, prompt('hi'))
    expect(answer.status).toBe(503)
    expect(answer.text()).not.toContain(needle)
  })

  test('where nothing could act it passes, and the record says what was not inspected', async () => {
    gateway.upstream.respond(json(whole([{ content: decoys + needle }])))
    const answer = await gateway.send(chat, prompt(decoys), { app: 'open' })
    expect(answer.status).toBe(200)
    const frames = streamed([{ content: decoys + needle }], { piece: 4000 })
    gateway.upstream.respond(sse(frames))
    const stream = await gateway.send(chat, prompt('hi', { stream: true }), { app: 'open' })
    expect(stream.text()).toBe(frames)
    for (const record of await gateway.records([answer, stream])) {
      expect(record.segments.notInspected).toContainEqual({
        direction: 'egress',
        content: 'findings-limit',
        reason: 'more findings than limits.maxFindings',
        count: 1,
      })
      expect(record.detections).toHaveLength(200)
      expect(record.detectionsDropped?.['PII_EMAIL']).toBeGreaterThan(700)
    }
  })
})
