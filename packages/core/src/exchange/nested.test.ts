import { describe, expect, test } from 'bun:test'
import { filter, limits, loaded, needles, reply } from '../../test/fakes.ts'
import { fileAdapter } from '../../test/file-adapter.ts'
import { type Fixture, prompt, request, running } from '../../test/gateway.ts'
import type { Policy } from '../protocol/policy.ts'

const item = (id: string, content: string, url = '/v1/chat', more: object = {}): object => {
  return { id, url, body: prompt(content, { ...more }) }
}
const rule = (action: Policy['action'], match: Policy['match'] = {}): Policy => ({ id: 'rule', match, action })

async function sent(requests: readonly object[], fixture: Fixture = {}) {
  let upstream: string | undefined
  const run = running({
    adapters: [fileAdapter],
    upstream: ({ body }) => {
      upstream = new TextDecoder().decode(body)
      return reply('{}')
    },
    ...fixture,
  })
  const response = await run.gateway.handle(request({ requests }, { path: '/v1/batch' }))
  const text = await response.text()
  return { status: response.status, text, upstream, record: await run.record() }
}

describe('requests inside a request', () => {
  test('go to the byte where nothing is found, and each text is read once', async () => {
    const requests = [item('a', 'one'), item('b', 'two')]
    const { upstream, record } = await sent(requests)
    expect(upstream).toBe(JSON.stringify({ requests }))
    const chars = (kind: string): unknown => record.segments.inspected.find((count) => count.kind === kind)?.chars
    expect(chars('user')).toBe('onetwo'.length)
    // Ids, URLs and the roles of messages: what no adapter names.
    expect(chars('other')).toBe('ab'.length + 2 * '/v1/chat'.length + 2 * 'user'.length)
  })

  test('are found in by their places, with ids of their own', async () => {
    const { record } = await sent([item('a', 'a needle'), item('needle', 'x'), item('c', 'needle needle')])
    expect(record.detections.map(({ id, place, segment }) => [id, place.pointer, segment])).toEqual([
      ['i0', '/requests/1/id', expect.stringMatching(/^q/)],
      ['i1', '/requests/0/body/messages/0/content', 'n0.q0'],
      ['i2', '/requests/2/body/messages/0/content', 'n2.q0'],
      ['i3', '/requests/2/body/messages/0/content', 'n2.q0'],
    ])
  })

  test('are blocked by their number and name', async () => {
    const { status, text, upstream, record } = await sent([item('a', 'needle'), item('b', 'x'), item('c', 'needle')], {
      policies: [rule('BLOCK', { endpoints: ['/v1/chat'], models: ['m'] })],
    })
    expect([status, text]).toEqual([
      451,
      '{"error":"Content blocked due to policy violations: request 1 (custom_id a), request 3 (custom_id c)"}',
    ])
    expect([upstream, record.outcome]).toEqual([undefined, 'blocked'])
  })

  test('are redacted where they stand', async () => {
    const requests = [item('a', 'a needle'), item('b', 'x')]
    const { upstream } = await sent(requests, { policies: [rule('REDACT')] })
    expect(upstream).toBe(JSON.stringify({ requests }).replace('needle', '[REDACTED]'))
  })

  test('lose the tools that filters deny', async () => {
    const deny = filter({ define: ({ name }) => ({ type: name === 'bad' ? 'deny' : 'allow', code: 'NO', reason: '' }) })
    const tools = (...names: readonly string[]) => ({ tools: names.map((name) => ({ name })) })
    const { upstream, record } = await sent(
      [item('a', 'x', '/v1/chat', tools('bad', 'good')), item('b', 'x', '/v1/chat', tools('bad'))],
      { toolFilters: [deny] },
    )
    expect(upstream).toBe(JSON.stringify({ requests: [item('a', 'x', '/v1/chat', tools('good')), item('b', 'x')] }))
    expect(record.toolsRemoved.map(({ name }) => name)).toEqual(['bad', 'bad'])
  })

  test.each<[string, object, number, string]>([
    ['a model that is not allowed', item('b', 'x', '/v1/chat', { model: 'other' }), 403, 'Request 2 (custom_id b).'],
    ['an endpoint that nobody has', item('b', 'x', '/v1/none'), 400, '\\"POST /v1/none\\" in a batch. Request 2'],
    ['an endpoint that is opaque', item('b', 'x', '/v1/opaque'), 400, 'Request 2 (custom_id b).'],
    [
      'requests inside in its turn',
      { id: 'b', url: '/v1/batch', body: { requests: [item('c', 'x')] } },
      400,
      'Request 2',
    ],
    ['an upload', item('b', 'x', '/v1/files'), 400, 'Request 2 (custom_id b).'],
    ['a body that is no object', { id: 'b', url: '/v1/chat', body: 'needle' }, 400, 'Request 2 (custom_id b).'],
    ['an id given before', item('a', 'x'), 400, 'request 1 is given again. Request 2 (custom_id a).'],
    ['a tool twice', item('b', 'x', '/v1/chat', { tools: [{ name: 't' }, { name: 't' }] }), 400, 'Request 2'],
  ])('one with %s is refused, and named', async (_name, second, status, message) => {
    const answer = await sent([item('a', 'x'), second], { context: { allowedModels: ['m'] } })
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(message)])
    expect(answer.upstream).toBeUndefined()
  })

  test('share one bound of findings', async () => {
    const requests = [item('a', 'needle '.repeat(30)), item('b', 'needle '.repeat(30))]
    expect((await sent(requests, { policies: [rule('BLOCK')] })).status).toBe(503)
    const { status, record } = await sent(requests)
    expect([status, record.detectionsDropped]).toEqual([200, { CREDENTIALS_NEEDLE: 30 }])
    expect(record.segments.notInspected).toContainEqual(expect.objectContaining({ content: 'findings-limit' }))
  })

  test('have each its own bound of places, and are no more than may be', async () => {
    const empty = (_: unknown, at: number): object => ({ id: `${at}`, url: '/v1/chat', body: {} })
    const long = Array.from({ length: 30 }, (_, at) => item(`${at}`, 'x', '/v1/chat', { more: Array(9000).fill('y') }))
    const setup = { limits: { ...limits, maxBodyBytes: 20_000_000 } }
    expect((await sent(long, { policies: [rule('BLOCK')], setup })).status).toBe(200)
    const { status, text } = await sent(Array.from({ length: 250_001 }, empty), { setup })
    expect([status, text]).toEqual([400, '{"error":"There are more than 250000 requests."}'])
  })

  test('a detector that fails refuses them as it would one alone', async () => {
    const failing = loaded({ ...needles(), mode: 'inspect', inspect: () => Promise.reject(new Error('no')) })
    const { status, text } = await sent([item('a', 'x')], { detectors: [failing] })
    expect([status, text]).toEqual([503, expect.stringContaining('could not be inspected')])
  })
})
