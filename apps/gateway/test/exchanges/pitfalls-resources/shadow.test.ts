import { describe, expect, test } from 'bun:test'
import { json, sse } from '@sluice/testing'
import { prompt, streamed, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

const actions = ['REDACT', 'REDACT_AND_ALERT', 'BLOCK', 'QUARANTINE', 'TERMINATE'] as const
const match = { types: [needleType] }
const gateway = served({
  apps: {
    ...Object.fromEntries(actions.map((action) => [action, { policies: [`shadow-${action}`] }])),
    both: { policies: ['shadow-TERMINATE', 'redact'] },
  },
  config: {
    plugins: detectors,
    policies: [
      ...actions.map((action) => ({ id: `shadow-${action}`, match, action, mode: 'shadow' as const })),
      { id: 'redact', match, action: 'REDACT' },
    ],
  },
})
const chat = '/v1/chat/completions'
const bad = `a card ${needle}`

describe.each(actions)('%s in shadow mode changes nothing, and says what would have happened', (action) => {
  const shadowed = {
    outcome: 'forwarded',
    status: 200,
    action: 'LOG',
    effectiveAction: 'LOG',
    detections: [{ type: needleType }, { type: needleType }],
    decisions: [
      {
        lifecycle: 'INGRESS',
        action: 'LOG',
        shadow: action,
        matches: [{ policy: `shadow-${action}`, mode: 'shadow' }],
      },
      { lifecycle: 'EGRESS', action: 'LOG', shadow: action, matches: [{ policy: `shadow-${action}`, mode: 'shadow' }] },
    ],
  }

  test('a whole exchange, a stream, and the next request', async () => {
    const answer = whole([{ content: bad }])
    gateway.upstream.respond(json(answer))
    const given = await gateway.send(chat, prompt(bad), { app: action })
    expect(given.text()).toBe(answer)
    expect(gateway.upstream.requests.at(-1)?.text()).toBe(JSON.stringify(prompt(bad)))
    // What did not happen costs nothing, and does not stand in the way of what is earned.
    expect(await gateway.record(given)).toMatchObject({ ...shadowed, trust: { before: 0, after: 0.1 } })

    const frames = streamed([{ content: bad }])
    gateway.upstream.respond(sse(frames))
    const stream = await gateway.send(chat, prompt(bad, { stream: true }), { app: action })
    expect(stream.text()).toBe(frames)
    expect(await gateway.record(stream)).toMatchObject({ ...shadowed, trust: { before: 0.1, after: 0.2 } })
  })
})

test('a rule that is enforced acts beside one in shadow mode', async () => {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  const answer = await gateway.send(chat, prompt(bad), { app: 'both' })
  expect(gateway.upstream.requests.at(-1)?.json()).toMatchObject({ messages: [{ content: 'a card [REDACTED]' }] })
  expect(await gateway.record(answer)).toMatchObject({
    action: 'REDACT',
    effectiveAction: 'REDACT',
    policy: 'redact',
    decisions: [{ shadow: 'TERMINATE' }],
  })
})
