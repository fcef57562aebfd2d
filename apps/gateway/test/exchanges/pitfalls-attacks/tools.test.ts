import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json, sse } from '@sluice/testing'
import { prompt, type Said, streamed, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

const filter = '@sluice/tool-filter-rules'
const gateway = served({
  apps: {
    denying: { plugins: [{ id: filter, options: { deny: ['delete_*'] } }] },
    allowing: { plugins: [{ id: filter, options: { allow: ['get_*'] } }] },
    ruled: { policies: ['no-shell'] },
    listed: { allowedModels: ['gpt-4o-mini'] },
  },
  config: {
    plugins: [...detectors, { use: filter }],
    policies: [{ id: 'no-shell', match: { types: ['TOOL_CALL_UNDECLARED'] }, action: 'QUARANTINE' }],
  },
})
const chat = '/v1/chat/completions'
const definition = (name: string): Json => ({ type: 'function', function: { name, parameters: {} } })
const calling = (...names: readonly string[]): Said => ({
  calls: names.map((name, at) => ({ id: `call_${at}`, name, input: '{}' })),
})
const blocked = {
  choices: [{ message: { content: 'Content blocked due to policy violations' }, finish_reason: 'content_filter' }],
}

/** Names that every object inherits. */
const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype']

describe('46 the model calls a tool that was filtered', () => {
  const tools = [definition('get_a'), definition('delete_all')]

  test('in a whole answer: denied, though the other call is not', async () => {
    for (const names of [['delete_all'], ['get_a', 'delete_all'], ['never_defined']]) {
      gateway.upstream.respond(json(whole([calling(...names)])))
      const answer = await gateway.send(chat, prompt('hi', { tools }), { app: 'denying' })
      expect(gateway.upstream.requests.at(-1)?.json()).toMatchObject({ tools: [definition('get_a')] })
      expect([names, answer.json()]).toMatchObject([names, blocked])
      expect(await gateway.record(answer)).toMatchObject({
        outcome: 'blocked',
        action: 'BLOCK',
        policy: 'tool-filter:sluice',
        toolsRemoved: [{ name: 'delete_all', filter }],
        detections: [{ type: 'TOOL_CALL_UNDECLARED', tool: names.at(-1) ?? '' }],
      })
    }
  })

  test('in a second choice, in the older form of a call, as a custom tool', async () => {
    const call = { name: 'delete_all', arguments: '{}' }
    const answers: readonly string[] = [
      whole([{ content: 'ok' }, calling('delete_all')]),
      JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content: null, function_call: call } }] }),
      whole([{ calls: [{ id: 'c', name: 'delete_all', input: 'x', isCustom: true }] }]),
    ]
    for (const body of answers) {
      gateway.upstream.respond(json(body))
      const answer = await gateway.send(chat, prompt('hi', { tools }), { app: 'denying' })
      expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
      expect(answer.text()).not.toContain('delete_all')
    }
  })

  test('in a stream: recorded as what would have been blocked', async () => {
    const frames = streamed([calling('get_a', 'delete_all')])
    gateway.upstream.respond(sse(frames))
    const answer = await gateway.send(chat, prompt('hi', { tools, stream: true }), { app: 'denying' })
    expect(answer.text()).toBe(frames)
    expect(await gateway.record(answer)).toMatchObject({
      outcome: 'forwarded',
      action: 'BLOCK',
      effectiveAction: 'LOG',
      detections: [{ type: 'TOOL_CALL_UNDECLARED', tool: 'delete_all' }],
      toolCalls: [{ name: 'get_a' }, { name: 'delete_all' }],
    })
  })

  test('where no filter is configured it is a detection, on which a rule may act', async () => {
    gateway.upstream.respond(json(whole([calling('shell')])))
    const answer = await gateway.send(chat, prompt('hi', { tools }), { app: 'ruled' })
    expect(answer.json()).toMatchObject(blocked)
    expect(await gateway.record(answer)).toMatchObject({ action: 'QUARANTINE', policy: 'no-shell' })
    expect((await gateway.send(chat, prompt('hi'), { app: 'ruled' })).status).toBe(403)
  })
})

describe('46 one tool name is defined twice', () => {
  const custom = (name: string): Json => ({ type: 'custom', custom: { name } })
  const requests: Readonly<Record<string, { readonly [name: string]: Json }>> = {
    'two functions': { tools: [definition('a'), definition('b'), definition('a')] },
    'a function and a custom tool': { tools: [definition('a'), custom('a')] },
    'a tool and an older function': { tools: [definition('a')], functions: [{ name: 'a' }] },
    'two older functions': { functions: [{ name: 'a' }, { name: 'a' }] },
    'one of them filtered': { tools: [definition('delete_a'), definition('delete_a')] },
    'a name of every object’s': { tools: [definition('constructor'), definition('constructor')] },
  }
  test.each(Object.entries(requests))('%s: 400', async (_, more) => {
    const requests = gateway.upstream.requests.length
    const answer = await gateway.send(chat, prompt('hi', more), { app: 'denying' })
    expect([answer.status, answer.json()]).toEqual([400, { error: 'Two tools of the request have the same name.' }])
    expect(gateway.upstream.requests).toHaveLength(requests)
  })
})

describe('71 a name that every object inherits is allowed by inheritance', () => {
  test.each(inherited)('as a tool: %s', async (name) => {
    gateway.upstream.respond(json(whole([calling(name)])))
    const answer = await gateway.send(chat, prompt('hi', { tools: [definition(name), definition('get_a')] }), {
      app: 'allowing',
    })
    expect(gateway.upstream.requests.at(-1)?.json()).toMatchObject({ tools: [definition('get_a')] })
    expect(gateway.upstream.requests.at(-1)?.text()).not.toContain(name)
    expect(answer.json()).toMatchObject(blocked)
  })

  test.each(inherited)('as a model: %s', async (name) => {
    const requests = gateway.upstream.requests.length
    for (const body of [
      { model: name, messages: [] },
      { model: 'gpt-4o-mini', models: [name], messages: [] },
    ]) {
      expect((await gateway.send(chat, body, { app: 'listed' })).status).toBe(403)
    }
    expect((await gateway.send(`${chat}?model=${name}`, prompt('hi'), { app: 'listed' })).status).toBe(403)
    expect(gateway.upstream.requests).toHaveLength(requests)
  })

  test.each(inherited)('as an actor, a session, a conversation: %s', async (name) => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const more = { user: name, conversation: name, metadata: JSON.parse(`{"${name}":"x"}`) as Json }
    const headers = [
      ['x-session-id', name],
      ['x-actor-id', name],
    ] as const
    const answer = await gateway.send(chat, prompt('hi', more), { app: 'denying', headers })
    // Somebody nobody has met: nothing is earned yet.
    expect((await gateway.record(answer)).trust?.before).toBe(0)
    expect(gateway.upstream.requests.at(-1)?.text()).toBe(JSON.stringify(prompt('hi', more)))
  })

  test.each(inherited)('as a member beside which the needle stands: %s', async (name) => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const body = `{"model":"gpt-4o-mini","messages":[{"role":"user","content":"hi","${name}":{"${name}":"${needle}"}}]}`
    const answer = await gateway.send(chat, body, { app: 'denying' })
    expect(gateway.upstream.requests.at(-1)?.text()).toBe(body)
    expect(await gateway.record(answer)).toMatchObject({ detections: [{ type: needleType }] })
  })

  test.each(inherited)('as a content type, a coding, a role, a path: %s', async (name) => {
    const requests = gateway.upstream.requests.length
    const app = 'denying'
    const headers = (header: string) => ({ app, headers: [[header, name]] as const })
    expect((await gateway.send(chat, prompt('hi'), headers('content-type'))).status).toBe(415)
    expect((await gateway.send(chat, prompt('hi'), headers('content-encoding'))).status).toBe(415)
    expect((await gateway.send(`/v1/${name}`, prompt('hi'), { app })).status).toBe(404)
    expect((await gateway.send(`/${name}`, prompt('hi'), { app })).status).toBe(404)
    expect(gateway.upstream.requests).toHaveLength(requests)
  })
})
