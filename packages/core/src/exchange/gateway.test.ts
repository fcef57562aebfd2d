import { describe, expect, test } from 'bun:test'
import {
  adapter,
  answer,
  detectionKey,
  emptyView,
  filter,
  keyRecord,
  limits,
  loaded,
  needles,
  occurrences,
  operation,
  reply,
  types,
} from '../../test/fakes.ts'
import { events, type Fixture, frame, lastFrames, prompt, request, running } from '../../test/gateway.ts'
import type { DetectorInstance } from '../protocol/detector.ts'
import type { Policy } from '../protocol/policy.ts'

const rule = (action: Policy['action'], rest: Partial<Policy> = {}): Policy => ({
  id: 'rule',
  match: {},
  action,
  ...rest,
})
const egress = { match: { lifecycle: ['EGRESS'] } } as const
const sse = { 'content-type': 'text/event-stream' }

describe('a stream that nobody asked for', () => {
  const stream = `${frame('a nee')}${frame('dle')}${lastFrames}`

  for (const label of ['text/event-stream', 'application/json']) {
    test(`is judged as a whole answer where a rule could act (${label})`, async () => {
      const run = running({
        policies: [rule('BLOCK', egress)],
        upstream: () => reply(stream, { 'content-type': label }),
      })
      const response = await run.gateway.handle(request(prompt('hello')))
      expect(await response.text()).not.toContain('dle')
      expect(await run.record()).toMatchObject({ outcome: 'blocked', effectiveAction: 'BLOCK' })
    })
  }

  test('is not given where it goes past a bound of inspection', async () => {
    const run = running({
      policies: [rule('BLOCK', egress)],
      setup: { limits: { ...limits, maxChars: 100 } },
      upstream: () => reply(`${frame('x'.repeat(200))}${stream}`, sse),
    })
    const response = await run.gateway.handle(request(prompt('hello')))
    expect([response.status, (await response.text()).includes('dle')]).toEqual([502, false])
    expect(await run.record()).toMatchObject({ outcome: 'failed', code: 'SLUICE_UPSTREAM_REFUSED' })
  })
})

describe('a clean exchange', () => {
  const text =
    '{ "model":"m", "messages":[{"role":"user","content":"hé\\u006co"}], "n": 1.0, "x": 12345678901234567890 }'
  const said = '{ "calls": [],  "id":1e2, "text":"\\u0061" }'

  test('passes both ways to the byte, with its record', async () => {
    let sent: Uint8Array | undefined
    let headers: Headers | undefined
    const run = running({
      upstream: (call) => {
        sent = call.body
        headers = call.headers
        return reply(said, { 'x-request-id': 'r1' })
      },
    })
    const response = await run.gateway.handle(request(text, { headers: { authorization: 'Bearer sk' } }))
    expect([response.status, response.headers.get('x-request-id'), await response.text()]).toEqual([200, 'r1', said])
    expect(new TextDecoder().decode(sent)).toBe(text)
    expect(headers?.get('authorization')).toBe('Bearer sk')
    expect(headers?.has('x-detection-key')).toBe(false)
    const record = await run.record()
    expect(record).toMatchObject({
      outcome: 'forwarded',
      status: 200,
      key: { id: keyRecord.id, name: 'demo', prefix: 'detect_live_kkkk' },
      actor: { id: `key:${keyRecord.id}`, from: 'key', identity: 'STANDARD' },
      adapter: 'fake',
      operation: 'chat',
      inspection: 'inspected',
      method: 'POST',
      path: '/v1/chat',
      model: 'm',
      stream: false,
      detections: [],
      decisions: [],
      action: 'ALLOW',
      effectiveAction: 'ALLOW',
      trust: { before: 0, after: 0.1 },
      upstream: { status: 200 },
      bytes: { request: new TextEncoder().encode(text).length, response: said.length },
      faults: [],
    })
    expect(record.segments.notInspected).toEqual([])
    expect(Object.keys(record.ms)).toEqual(['admit', 'read', 'detect', 'upstream', 'relay', 'total'])
    expect(JSON.stringify(record)).not.toContain(detectionKey)
  })

  test('of no generation earns nothing', async () => {
    const run = running()
    const models = request(undefined, { method: 'GET', path: '/v1/models' })
    expect((await run.gateway.handle(models)).status).toBe(200)
    expect((await run.record()).trust).toEqual({ before: 0, after: 0 })
  })
})

describe('policy', () => {
  const exchange = async (fixture: Fixture, body: unknown = prompt('a needle')) => {
    let sent: string | undefined
    const spy = running({
      ...fixture,
      upstream: (call) => {
        sent = new TextDecoder().decode(call.body)
        return fixture.upstream?.(call) ?? reply('{"text":"an answer"}')
      },
    })
    const response = await spy.gateway.handle(request(body))
    const text = await response.text()
    return { response, text, sent, record: await spy.record() }
  }

  test('none: detected, recorded, nothing changed', async () => {
    const { sent, text, record } = await exchange({})
    expect(sent).toBe(JSON.stringify(prompt('a needle')))
    expect(text).toBe('{"text":"an answer"}')
    expect(record).toMatchObject({ outcome: 'forwarded', action: 'LOG', effectiveAction: 'LOG' })
    expect(record.detections).toHaveLength(1)
  })

  test('BLOCK of a request: the provider is not called', async () => {
    const { sent, text, record, response } = await exchange({ policies: [rule('BLOCK')] })
    expect([response.status, text, sent]).toEqual([
      200,
      '{"blocked":"Content blocked due to policy violations"}',
      undefined,
    ])
    expect(response.headers.get('x-should-retry')).toBe('false')
    expect(record).toMatchObject({
      outcome: 'blocked',
      code: 'SLUICE_BLOCKED',
      policy: 'rule',
      action: 'BLOCK',
      status: 200,
    })
  })

  test('BLOCK of a request for a stream begins with `data: `', async () => {
    const { text } = await exchange({ policies: [rule('BLOCK')] }, prompt('a needle', { stream: true }))
    expect(text).toStartWith('data: {"blocked":true,')
  })

  test('BLOCK under blockStatus 451', async () => {
    const { response, text } = await exchange({ policies: [rule('BLOCK')], context: { blockStatus: 451 } })
    expect([response.status, text]).toEqual([451, '{"error":"Content blocked due to policy violations"}'])
  })

  test('REDACT of a request and of an answer', async () => {
    const upstream = () => reply('{ "text" : "say needle",  "n":1.0}', { etag: 'x' })
    const { sent, text, response, record } = await exchange({ policies: [rule('REDACT')], upstream })
    expect(sent).toBe(JSON.stringify(prompt('a [REDACTED]')))
    expect(text).toBe('{ "text" : "say [REDACTED]",  "n":1.0}')
    expect(response.headers.has('etag')).toBe(false)
    expect(record).toMatchObject({ outcome: 'forwarded', action: 'REDACT', effectiveAction: 'REDACT' })
    expect(record.decisions.map(({ lifecycle }) => lifecycle)).toEqual(['INGRESS', 'EGRESS'])
  })

  test('REDACT of what cannot be cut is BLOCK', async () => {
    const { sent, record } = await exchange({ policies: [rule('REDACT')] }, { ...prompt('x'), needle: 1 })
    expect(sent).toBeUndefined()
    expect(record).toMatchObject({ outcome: 'blocked', action: 'BLOCK' })
    expect(record.decisions[0]?.matches[0]).toMatchObject({ action: 'REDACT', widened: 'BLOCK' })
  })

  test('BLOCK of an answer: nothing of it is given', async () => {
    const upstream = () => reply('{"text":"say needle"}')
    const { text, record } = await exchange({ policies: [rule('BLOCK', egress)], upstream }, prompt('hello'))
    expect(text).not.toContain('needle')
    expect(record).toMatchObject({ outcome: 'blocked', upstream: { status: 200 }, trust: { before: 0, after: 0 } })
  })

  test('BLOCK of an answer with an error status', async () => {
    const upstream = () => reply('{"error":{"message":"needle"}}', {}, 429)
    const { text } = await exchange({ policies: [rule('BLOCK', egress)], upstream }, prompt('hello'))
    expect(text).not.toContain('needle')
  })

  test('labels are not believed: events under another name, JSON under none', async () => {
    const bodies = [`${frame('nee')}${frame('dle')}${lastFrames}`, '{"deep":[{"x":"needle"}]}', 'plain needle']
    for (const body of bodies) {
      for (const type of ['text/plain', 'application/octet-stream', 'application/xml']) {
        const upstream = () => reply(body, { 'content-type': type })
        const { record, text } = await exchange({ policies: [rule('BLOCK', egress)], upstream }, prompt('hello'))
        expect(record.outcome).toBe('blocked')
        expect(text).not.toContain('dle')
      }
    }
  })

  test('shadow changes nothing, and says what would have been', async () => {
    const { sent, record } = await exchange({ policies: [rule('BLOCK', { mode: 'shadow' })] })
    expect(sent).toContain('needle')
    expect(record).toMatchObject({ action: 'LOG', effectiveAction: 'LOG', decisions: [{ shadow: 'BLOCK' }] })
    expect(record.trust).toEqual({ before: 0, after: 0.1 })
  })

  test('a denied tool leaves the request, with what it says', async () => {
    const deny = filter({ define: ({ name }) => ({ type: name === 'b' ? 'deny' : 'allow', code: 'NO', reason: '' }) })
    const body = prompt('x', { tools: [{ name: 'a' }, { name: 'b', text: 'needle' }] })
    const { sent, record } = await exchange({ toolFilters: [deny], policies: [rule('BLOCK')] }, body)
    expect(sent).toBe(JSON.stringify(prompt('x', { tools: [{ name: 'a' }] })))
    expect(record).toMatchObject({ toolsRemoved: [{ name: 'b', code: 'NO', filter: 'rules' }], detections: [] })
  })

  test('a call to a tool that was filtered is blocked', async () => {
    const deny = filter({ define: ({ name }) => ({ type: name === 'b' ? 'deny' : 'allow', code: 'NO', reason: '' }) })
    const upstream = () => reply('{"calls":[{"name":"b","input":"{}"}]}')
    const tools = prompt('x', { tools: [{ name: 'a' }, { name: 'b' }] })
    const { record } = await exchange({ toolFilters: [deny], upstream }, tools)
    expect(record).toMatchObject({ outcome: 'blocked', policy: 'tool-filter:sluice', toolCalls: [{ name: 'b' }] })
    expect(record.detections.map(({ type }) => type)).toEqual(['TOOL_CALL_UNDECLARED'])
  })
})

describe('consequences', () => {
  test('quarantine meets the next request of the actor, and its record says before and after', async () => {
    const run = running({ policies: [rule('QUARANTINE')] })
    await run.gateway.handle(request(prompt('needle')))
    expect((await run.gateway.handle(request(prompt('hello')))).status).toBe(403)
    const [first, second] = await run.events()
    expect(first?.data).toMatchObject({ outcome: 'blocked', action: 'QUARANTINE', trust: { before: 0, after: 0 } })
    expect(second?.data).toMatchObject({ outcome: 'refused', code: 'SLUICE_ACTOR_QUARANTINED' })
    expect(run.calls()).toBe(0)
  })

  test('of a claim meet that claim under that key, until three of them bind the key', async () => {
    const run = running({ policies: [rule('QUARANTINE')] })
    const status = async (user: string, text: string) => {
      const response = await run.gateway.handle(request(prompt(text, { user })))
      return response.status
    }
    await status('a', 'needle')
    expect(await status('a', 'hello')).toBe(403)
    expect(await status('b', 'hello')).toBe(200)
    await status('b', 'needle')
    expect(await status('c', 'hello')).toBe(200)
    await status('c', 'needle')
    expect(await status('d', 'hello')).toBe(403)
    await run.events()
  })

  test('of what a third party said are not the actor’s', async () => {
    const place = { pointer: '/messages/0/content' } as const
    const text = { kind: 'tool-result', trust: 'external', text: 'needle', sources: [{ place, start: 0 }] } as const
    const reading = operation({ readRequest: () => ({ ...emptyView, texts: [text] }) })
    const instance = adapter({ operations: [reading] })
    const run = running({ adapters: [{ id: 'fake', instance }], policies: [rule('QUARANTINE')] })
    const actor = () => run.store.actors.get(keyRecord.app, `key:${keyRecord.id}`)
    await run.gateway.handle(request(prompt('needle')))
    expect(run.calls()).toBe(0)
    expect(actor()).toMatchObject({ violations: 0, interactions: 1 })
    expect(actor()?.quarantinedAt).toBeUndefined()
    await run.events()
  })
})

describe('an observed stream', () => {
  const streamed = (chunks: readonly string[], fixture: Fixture = {}) =>
    running({ upstream: ({ signal }) => answer(events(chunks, { signal }), sse), ...fixture })
  const chunks = [frame('nee'), frame('dle'), lastFrames]
  const ask = () => request(prompt('hello', { stream: true }))

  test('passes to the byte, is read whole, and the record says what would have been done', async () => {
    const run = streamed(chunks, { policies: [rule('BLOCK', egress)] })
    const response = await run.gateway.handle(ask())
    expect(await response.text()).toBe(chunks.join(''))
    expect(await run.record()).toMatchObject({
      outcome: 'forwarded',
      stream: true,
      action: 'BLOCK',
      effectiveAction: 'LOG',
      detections: [{ type: 'CREDENTIALS_NEEDLE', lifecycle: 'EGRESS' }],
    })
  })

  test('quarantines all the same', async () => {
    const run = streamed(chunks, { policies: [rule('QUARANTINE', egress)] })
    await (await run.gateway.handle(ask())).text()
    while (run.gateway.active > 0) await new Promise((resolve) => setTimeout(resolve, 1))
    expect((await run.gateway.handle(ask())).status).toBe(403)
    expect((await run.events())[0]?.data.effectiveAction).toBe('QUARANTINE')
  })

  test('without the provider’s end is truncated, with detection on what came', async () => {
    const run = streamed(chunks.slice(0, 2))
    await (await run.gateway.handle(ask())).text()
    const record = await run.record()
    expect(record.outcome).toBe('upstream-truncated')
    expect(record.detections).toHaveLength(1)
    expect(record.trust).toEqual({ before: 0, after: 0 })
  })

  test('whose client leaves is read to where it came, by detectors that heed the signal too', async () => {
    const heeding: DetectorInstance = {
      mode: 'inspect',
      types,
      inspect: ({ text }, { signal }) =>
        signal.aborted ? Promise.reject(signal.reason) : Promise.resolve(occurrences(text, 'needle')),
    }
    const client = new AbortController()
    let upstreamGone = false
    const run = running({
      detectors: [loaded(heeding)],
      policies: [rule('QUARANTINE', egress)],
      upstream: ({ signal }) => {
        signal.addEventListener('abort', () => {
          upstreamGone = true
        })
        return answer(events(chunks.slice(0, 2), { hangs: true, signal }), sse)
      },
    })
    const to = request(prompt('hello', { stream: true }), { signal: client.signal })
    const reader = (await run.gateway.handle(to)).body?.getReader()
    await reader?.read()
    await reader?.read()
    client.abort()
    await reader?.cancel().catch(() => undefined)
    const record = await run.record()
    expect(record).toMatchObject({ outcome: 'client-aborted', faults: [], effectiveAction: 'QUARANTINE' })
    expect(record.detections).toHaveLength(1)
    expect(upstreamGone).toBe(true)
  })

  test('that falls silent is ended', async () => {
    const run = running({ upstream: ({ signal }) => answer(events([frame('x')], { hangs: true, signal }), sse) })
    const response = await run.gateway.handle(ask())
    expect(await response.text().catch(() => 'cut')).toBe('cut')
    expect(await run.record()).toMatchObject({ outcome: 'upstream-truncated', status: 200 })
  })

  test('past its bound passes on, and the record says that it was not read to its end', async () => {
    const long = [...Array.from({ length: 200 }, () => frame('x'.repeat(60))), frame('needle'), lastFrames]
    const run = streamed(long, { setup: {} })
    expect(await (await run.gateway.handle(ask())).text()).toBe(long.join(''))
    const record = await run.record()
    expect(record.segments.notInspected.map(({ content }) => content)).toContain('stream-limit')
    expect(record.trust).toEqual({ before: 0, after: 0 })
  })

  test('whose detector fails passes on, not inspected, whatever onError says', async () => {
    const failing = loaded(
      { mode: 'inspect', types, inspect: () => Promise.reject(new Error('needle')) },
      { id: 'bad' },
    )
    const ingressOnly = { ...failing, instance: { ...failing.instance, excludes: ['user', 'other'] } } as typeof failing
    const run = streamed(chunks, { detectors: [ingressOnly, loaded(needles())] })
    expect(await (await run.gateway.handle(ask())).text()).toBe(chunks.join(''))
    const record = await run.record()
    expect(record.segments.notInspected).toContainEqual({
      direction: 'egress',
      content: 'detector-failed',
      reason: 'bad: SLUICE_PLUGIN_FAILED',
      count: 1,
    })
    expect(record.trust).toEqual({ before: 0, after: 0 })
  })
})
