import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json, type RawResponse, sse } from '@sluice/testing'
import { prompt, streamed, whole } from './answers.ts'
import { detectors, needle, policies } from './needle.ts'
import { served } from './served.ts'

const chat = '/v1/chat/completions'
const gateway = served({
  apps: {
    strict: { policies: ['block-in', 'block-out'] },
    open: {},
    shadow: { policies: ['shadow-out'] },
  },
  config: {
    plugins: detectors,
    policies: [...policies, { id: 'shadow-out', match: {}, action: 'BLOCK', mode: 'shadow' }],
  },
})
const said = `it is ${needle}`

// https://github.com/BerriAI/litellm/issues/33944
describe('10 clients switch guards off by header or metadata', () => {
  const names = [
    'x-litellm-disable-guardrails',
    'x-guardrails',
    'x-portkey-config',
    'x-sluice-mode',
    'x-sluice-policies',
    'x-sluice-detectors',
    'x-sluice-streaming',
    'x-sluice-app',
    'x-bypass',
    'x-no-log',
    'x-internal-request',
    'x-debug',
    'prefer',
  ]
  const values = ['off', 'true', '1', 'open', 'shadow', 'observe', '{"guardrails":[]}', '[]']
  const members: Readonly<Record<string, Json>> = {
    guardrails: [],
    guardrail_config: { enabled: false },
    disable_global_guardrails: true,
    disable_global_guardrail: [needle],
    metadata: { guardrails: '[]', disable_guardrails: 'true', mode: 'shadow' },
    litellm_metadata: { disable_global_guardrail: true },
    policies: [],
    policy: 'open',
    mode: 'shadow',
    detectors: [],
    streaming: 'observe',
    'no-log': true,
    mock_response: 'hi',
    sluice: { enforce: false },
    extra_body: { guardrails: [] },
  }
  const isBlocked = (answer: RawResponse): void => {
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    expect(answer.text()).not.toContain(needle)
  }

  test('a header', async () => {
    const before = gateway.upstream.requests.length
    for (const name of names) {
      for (const value of values) {
        isBlocked(await gateway.send(chat, prompt(said), { app: 'strict', headers: [[name, value]] }))
      }
    }
    const actor = [['x-actor-id', 'administrator']] as const
    isBlocked(await gateway.send(chat, prompt(said), { app: 'strict', headers: actor }))
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('a member of the body, or of the query', async () => {
    const before = gateway.upstream.requests.length
    for (const [name, value] of Object.entries(members)) {
      isBlocked(await gateway.send(chat, prompt(said, { [name]: value }), { app: 'strict' }))
      const query = new URLSearchParams({ [name]: String(value) })
      isBlocked(await gateway.send(`${chat}?${query}`, prompt(said), { app: 'strict' }))
    }
    isBlocked(await gateway.send(chat, prompt(said, members), { app: 'strict' }))
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('all of them together do not lower what holds for the answer', async () => {
    gateway.upstream.respond(json(whole([{ content: said }])))
    const headers = names.map((name) => [name, 'off'] as const)
    const { disable_global_guardrail: _, ...clean } = members
    isBlocked(await gateway.send(chat, prompt('hi', clean), { app: 'strict', headers }))
    const sent = gateway.upstream.requests.at(-1)
    expect(sent?.headers.filter(([name]) => name.toLowerCase().startsWith('x-sluice-'))).toEqual([])
  })

  test('the name of another AppContext in place of a key is no key', async () => {
    for (const key of [
      'open',
      gateway.sluice.appId('open'),
      `${gateway.sluice.key('strict')},${gateway.sluice.key('open')}`,
    ]) {
      const answer = await gateway.send(chat, prompt(said), { app: 'strict', headers: [['x-detection-key', key]] })
      expect([answer.status, answer.json()]).toEqual([401, { error: 'Invalid detection key' }])
    }
  })
})

// https://github.com/agentgateway/agentgateway/issues/3603
test('15 a guard on key A empties the streams of key B', async () => {
  const stream = streamed([{ content: `${said}, ${'and on '.repeat(50)}` }])
  gateway.upstream.respond(sse(stream, { split: 700 }))
  const apps = Array.from({ length: 36 }, (_, at) => ['strict', 'open', 'shadow'][at % 3] ?? '')
  const answers = await Promise.all(apps.map((app) => gateway.send(chat, prompt('hi', { stream: true }), { app })))
  for (const answer of answers) expect(answer.text()).toBe(stream)
  const whole_ = whole([{ content: said }])
  gateway.upstream.respond(json(whole_))
  const wholes = await Promise.all(apps.map((app) => gateway.send(chat, prompt('hi'), { app })))
  for (const [at, answer] of wholes.entries()) {
    if (apps[at] === 'strict') expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    else expect(answer.text()).toBe(whole_)
  }
  const records = await gateway.records([...answers, ...wholes])
  for (const { detections } of records) expect(detections).toHaveLength(1)
})
