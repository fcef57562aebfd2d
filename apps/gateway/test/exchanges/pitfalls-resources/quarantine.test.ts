import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json, type Responder, sse } from '@sluice/testing'
import { PacedStream } from '../page/provider.ts'
import { chunks, frame, prompt, streamed, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

const match = { types: [needleType] }
const gateway = served({
  apps: {
    in: { policies: ['quarantine'] },
    whole: { policies: ['quarantine'] },
    streamed: { policies: ['quarantine'] },
    end: { policies: ['terminate'] },
    results: { policies: ['quarantine'] },
  },
  config: {
    plugins: detectors,
    policies: [
      { id: 'quarantine', match, action: 'QUARANTINE' },
      { id: 'terminate', match, action: 'TERMINATE' },
    ],
  },
})
const chat = '/v1/chat/completions'
const ok = json(whole([{ content: 'ok' }]))
const bad = `a card ${needle}`
const refused = [403, { error: 'Actor is quarantined pending administrator review.' }]

async function ask(
  app: string,
  content: string,
  responder: Responder = ok,
  more: { readonly [name: string]: Json } = {},
) {
  gateway.upstream.respond(responder)
  return gateway.send(chat, prompt(content, more), { app })
}

/** The actor is shut out, before its body is read and with nothing sent. */
async function expectShutOut(app: string, more: { readonly [name: string]: Json } = {}): Promise<void> {
  const requests = gateway.upstream.requests.length
  const answer = await ask(app, 'hi', ok, more)
  expect([answer.status, answer.json()]).toEqual(refused)
  expect(await gateway.record(answer)).toMatchObject({ outcome: 'refused', code: 'SLUICE_ACTOR_QUARANTINED' })
  expect(gateway.upstream.requests).toHaveLength(requests)
}

describe('QUARANTINE', () => {
  test('of a request: blocked, the next one is 403, whatever it is', async () => {
    const requests = gateway.upstream.requests.length
    const blocked = await ask('in', bad)
    expect([blocked.status, blocked.json()]).toMatchObject([200, { choices: [{ finish_reason: 'content_filter' }] }])
    await expectShutOut('in')
    await expectShutOut('in', { user: 'somebody-else' })
    expect((await gateway.send('/v1/models', undefined, { method: 'GET', app: 'in' })).status).toBe(403)
    expect(gateway.upstream.requests).toHaveLength(requests)
    expect(await gateway.record(blocked)).toMatchObject({
      outcome: 'blocked',
      action: 'QUARANTINE',
      effectiveAction: 'QUARANTINE',
      policy: 'quarantine',
    })
  })

  test('of a whole answer: not given, the next request is 403', async () => {
    const blocked = await ask('whole', 'hi', json(whole([{ content: bad }])))
    expect(blocked.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    expect(blocked.text()).not.toContain(needle)
    await expectShutOut('whole')
  })

  test('of an observed stream: given to its end, the next request is 403', async () => {
    const frames = streamed([{ content: bad }])
    const answer = await ask('streamed', 'hi', sse(frames), { stream: true })
    expect(answer.text()).toBe(frames)
    expect(await gateway.record(answer)).toMatchObject({
      outcome: 'forwarded',
      action: 'QUARANTINE',
      effectiveAction: 'QUARANTINE',
    })
    await expectShutOut('streamed')
  })

  test('of an observed stream that its client leaves as soon as it has what it wanted', async () => {
    const actor = { user: 'leaver' }
    const paced = new PacedStream(chunks([{ content: bad }], { piece: 40 }).map(frame))
    paced.saw(0)
    gateway.upstream.respond(paced.respond)
    const options = { app: 'results', read: { readUntil: needle } }
    await gateway.send(chat, prompt('hi', { stream: true, ...actor }), options)
    const left = (await gateway.sluice.events(0)).length
    const all = await gateway.sluice.events(left + 1)
    expect(all.at(-1)?.data).toMatchObject({ outcome: 'client-aborted', action: 'QUARANTINE' })
    await expectShutOut('results', actor)
  })

  test('nobody is shut out for what stood in a tool’s result', async () => {
    const messages: Json = [{ role: 'tool', tool_call_id: 'c1', content: bad }]
    const blocked = await ask('results', '', ok, { messages, user: 'honest' })
    expect(blocked.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    expect((await ask('results', 'hi', ok, { user: 'honest' })).status).toBe(200)
  })
})

test('TERMINATE: trust falls to 0, and the next request is 403', async () => {
  for (let time = 0; time < 3; time++) await ask('end', 'hi')
  const clean = await gateway.record(await ask('end', 'hi'))
  expect(clean.trust).toEqual({ before: 0.3, after: 0.4 })
  const record = await gateway.record(await ask('end', bad))
  expect(record).toMatchObject({ outcome: 'blocked', action: 'TERMINATE', trust: { before: 0.4, after: 0 } })
  await expectShutOut('end')
})
