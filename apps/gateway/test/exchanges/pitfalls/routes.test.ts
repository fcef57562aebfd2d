import { beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import type { Json } from '@sluice/core'
import { type HeaderList, json, type RawResponse, sse, text } from '@sluice/testing'
import { textOf } from '../../../../../plugins/adapter-anthropic/test/fixtures.ts'
import { command } from '../../harness/command.ts'
import { frame, streamed, whole } from './answers.ts'
import { detectors, needle, policies } from './needle.ts'
import { boundary, encodeForm, placesOf, type Sample, samples, withValue } from './requests.ts'
import { type SendOptions, served } from './served.ts'

interface Route {
  readonly adapter: string
  readonly operation: string
  readonly methods: readonly string[]
  readonly path: string
  readonly transport: string
  readonly inspection: string
  readonly reason?: string
}

const anthropic = '@sluice/adapter-anthropic'
const adapters = ['@sluice/adapter-openai', anthropic]
const gateway = served({
  adapters,
  // Ids of the samples were made nowhere: whose they are is another test's matter.
  apps: { in: { policies: ['block-in'], unknownIds: 'forward' }, open: {} },
  config: { plugins: detectors, policies },
})
let routes: readonly Route[] = []
let sockets: readonly Route[] = []
let refused: readonly Route[] = []

beforeAll(async () => {
  const { folder } = gateway.sluice
  const { stdout } = await command(['routes', '--json', '--config', join(folder, 'sluice.json')], { folder })
  const all: readonly Route[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  refused = all.filter(({ inspection }) => inspection === 'refused')
  sockets = all.filter(({ transport }) => transport === 'websocket')
  routes = all.filter((route) => !refused.includes(route) && !sockets.includes(route))
})

/** Sends what an operation takes, with `{}` of its path filled in. */
function call(route: Route, sample: Sample, id = 'id-1', query = '', app = 'in'): Promise<RawResponse> {
  const options: SendOptions = { app, method: route.methods[0] ?? '', headers: headersOf(route) }
  if (sample.type === 'none') return gateway.send(sample.path.replaceAll('{}', id) + query, undefined, options)
  const path = filled(route.path, id)
  if (sample.type === 'json') return gateway.send(path + query, JSON.stringify(sample.value), options)
  const headers = [['content-type', `multipart/form-data; boundary=${boundary}`], ...headersOf(route)] as const
  return gateway.send(path + query, encodeForm(sample.fields), { ...options, headers })
}

function filled(path: string, id: string): string {
  return path.replace(/\{\w+\}/g, id)
}

/** What clients of the provider send besides: paths that several providers have are told by it. */
function headersOf({ adapter }: Route): HeaderList {
  return adapter === anthropic ? [['anthropic-version', '2023-06-01']] : []
}

function sampleOf({ operation }: Route): Sample {
  const sample = samples.get(operation)
  if (sample === undefined) throw new Error(`the census has no sample of ${operation}`)
  return sample
}

const isBlocked = (answer: RawResponse): boolean =>
  answer.status === 451 || (answer.status === 200 && answer.text().includes('Content blocked due to policy violations'))

// https://github.com/aisix-ai/aisix/pull/545
describe('4 guards on chat only', () => {
  test('every operation is inspected, or declared opaque with a reason; and each answers', async () => {
    expect(routes.length).toBeGreaterThanOrEqual(22)
    for (const route of routes) {
      expect(route.inspection === 'inspected' || (route.reason ?? '') !== '').toBe(true)
      gateway.upstream.respond(json('{"object":"list"}'))
      const answer = await call(route, sampleOf(route), 'id-1', '', 'open')
      expect([route.operation, answer.status, answer.text()]).toEqual([route.operation, 200, '{"object":"list"}'])
      const sent = gateway.upstream.requests.at(-1)
      expect([sent?.method, sent?.target]).toEqual([route.methods[0], filled(route.path, 'id-1')])
    }
  })

  // What passes in a session once it stands: exchanges/realtime, and the adapter's own test of every event there is.
  test('every WebSocket: its handshake is judged, and it is nothing else', async () => {
    expect(sockets.map(({ operation }) => operation)).toEqual(['realtime.connect'])
    const before = gateway.upstream.requests.length
    const handshake = [
      ['upgrade', 'websocket'],
      ['connection', 'Upgrade'],
      ['sec-websocket-version', '13'],
      ['sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ] as const
    for (const { path, inspection } of sockets) {
      expect(inspection).toBe('inspected')
      const options = { app: 'in', method: 'GET' }
      expect((await gateway.send(path, undefined, options)).status).toBe(426)
      for (const query of [`?x=${needle}`, `?${needle}=1`, `?model=${needle}`]) {
        const answer = await gateway.send(path + query, undefined, { ...options, headers: handshake })
        expect([query, answer.status]).toEqual([query, 451])
      }
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('what is refused by name is refused, and says why', async () => {
    const before = gateway.upstream.requests.length
    expect(refused.length).toBeGreaterThanOrEqual(5)
    for (const { path, reason = '' } of refused) {
      for (const method of ['GET', 'POST']) {
        const body = method === 'GET' ? undefined : '{}'
        const answer = await gateway.send(path.replace(/\{.*?\}/, 'id-1'), body, { app: 'open', method })
        expect([answer.status, answer.text()]).toEqual([404, expect.stringContaining(reason)])
      }
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test.each(adapters)(
    'a needle in every place of every JSON request of %s',
    async (adapter) => {
      const before = gateway.upstream.requests.length
      for (const route of routes.filter((one) => one.adapter === adapter)) {
        const sample = sampleOf(route)
        if (sample.type !== 'json') continue
        const tried: { pointer: string; wasText: boolean; answer: RawResponse }[] = []
        for (const { pointer, path, value } of placesOf(sample.value)) {
          if (pointer === '') continue
          const body = withValue(sample.value, path, () => `a ${needle} b`)
          const answer = await call(route, { type: 'json', value: body })
          tried.push({ pointer, wasText: typeof value === 'string', answer })
        }
        const judged = tried.filter(({ answer }) => answer.status !== 400)
        const records = await gateway.records(judged.map(({ answer }) => answer))
        for (const { pointer, wasText, answer } of tried) {
          // Another type than the provider's own may be refused; a string in place of a string may not.
          if (!wasText && answer.status === 400) continue
          expect([route.operation, pointer, isBlocked(answer)]).toEqual([route.operation, pointer, true])
        }
        for (const [at, { pointer }] of judged.entries()) {
          const pointers = records[at]?.detections.map(({ place }) => place.pointer)
          expect([route.operation, pointer, pointers]).toEqual([
            route.operation,
            pointer,
            expect.arrayContaining([pointer]),
          ])
        }
      }
      expect(gateway.upstream.requests).toHaveLength(before)
    },
    120_000,
  )

  test('a needle as a member name in every object of every JSON request', async () => {
    const before = gateway.upstream.requests.length
    for (const route of routes) {
      const sample = sampleOf(route)
      if (sample.type !== 'json') continue
      for (const { pointer, path, value } of placesOf(sample.value)) {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
        const body = withValue(sample.value, path, (old) => ({ ...(old as { [name: string]: Json }), [needle]: 1 }))
        const answer = await call(route, { type: 'json', value: body })
        expect([route.operation, pointer, isBlocked(answer)]).toEqual([route.operation, pointer, true])
      }
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  }, 120_000)

  test('a needle in every field, name and file name of every form', async () => {
    const before = gateway.upstream.requests.length
    for (const route of routes) {
      const sample = sampleOf(route)
      if (sample.type !== 'form') continue
      const { fields } = sample
      const forms = fields.flatMap(({ name, filename, value }, at) => {
        const put = (field: object) => fields.map((other, index) => (index === at ? { ...other, ...field } : other))
        const named: readonly [string, Sample][] = [
          [`name of ${name}`, { type: 'form', fields: put({ name: needle }) }],
        ]
        if (filename === undefined) {
          return [...named, [name, { type: 'form', fields: put({ value: `${value} ${needle}` }) }] as const]
        }
        return [
          ...named,
          [`file name of ${name}`, { type: 'form', fields: put({ filename: `${needle}.wav` }) }] as const,
        ]
      })
      for (const [name, form] of forms) {
        const answer = await call(route, form)
        // Only an upload reads its file as it comes: one of another name is no file of it.
        const isNone = route.operation === 'files.create' && name === 'name of file'
        const said = isNone ? answer.status === 400 && !answer.text().includes(needle) : isBlocked(answer)
        expect([route.operation, name, said]).toEqual([route.operation, name, true])
      }
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('a needle in the query and the path of every operation', async () => {
    const before = gateway.upstream.requests.length
    for (const route of routes) {
      const sample = sampleOf(route)
      for (const query of [`?after=${needle}`, `?${needle}`, `?a=b&c=${needle.replace('-', '%2D')}&d`]) {
        const answer = await call(route, sample, 'id-1', query)
        expect([route.operation, query, isBlocked(answer)]).toEqual([route.operation, query, true])
      }
      if (!route.path.includes('{')) continue
      expect([route.operation, isBlocked(await call(route, sample, needle))]).toEqual([route.operation, true])
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('a body where an operation takes none is not forwarded unread', async () => {
    const before = gateway.upstream.requests.length
    for (const route of routes) {
      const sample = sampleOf(route)
      if (sample.type !== 'none') continue
      const [method = ''] = route.methods
      for (const app of ['in', 'open']) {
        const options = { app, method, headers: headersOf(route) }
        const answer = await gateway.send(sample.path.replaceAll('{}', 'id-1'), { x: needle }, options)
        // Bun shows nobody the body of a GET; then it goes no further.
        expect([route.operation, answer.status]).toEqual([route.operation, method === 'GET' ? answer.status : 400])
      }
    }
    for (const { body } of gateway.upstream.requests.slice(before)) expect(body).toHaveLength(0)
  })

  test.each(adapters)(
    'a needle in every place of every answer, whatever its shape and label, of %s',
    async (adapter) => {
      const chat: Json = JSON.parse(
        whole([{ content: 'a', refusal: 'b', calls: [{ id: 'c', name: 'd', input: '{}' }] }]),
      )
      const message: Json = JSON.parse(textOf('web-search.json'))
      const list: Json = {
        object: 'list',
        data: [{ id: 'x', object: 'model', text: 'y', errors: { data: [{ message: 'z' }] } }],
      }
      for (const route of routes.filter((one) => one.adapter === adapter)) {
        if (route.inspection !== 'inspected') continue
        const answers: RawResponse[] = []
        const names: string[] = []
        const ask = async (name: string, responder: Parameters<typeof gateway.upstream.respond>[0]): Promise<void> => {
          gateway.upstream.respond(responder)
          names.push(name)
          answers.push(await call(route, sampleOf(route), 'id-1', '', 'open'))
        }
        for (const value of [route.adapter === anthropic ? message : chat, list]) {
          for (const { pointer, path } of placesOf(value)) {
            await ask(pointer, json(withValue(value, path, () => `a ${needle} b`)))
          }
        }
        await ask('text', text(`a ${needle} b`))
        await ask('no content type', text(`a ${needle} b`, { headers: { 'content-type': '' } }))
        await ask('error', json({ error: { message: needle } }, { status: 429 }))
        await ask('page', text(`<p>${needle}</p>`, { status: 503, headers: { 'content-type': 'text/html' } }))
        await ask('stream', sse(streamed([{ content: needle }], { piece: 64 })))
        await ask('stream of something else', sse([frame({ x: { y: [needle] } })]))
        await ask('stream labelled JSON', json(streamed([{ content: needle }], { piece: 64 })))
        const records = await gateway.records(answers)
        for (const [at, record] of records.entries()) {
          const types = record.detections.map(({ lifecycle }) => lifecycle)
          expect([route.operation, names[at], types]).toEqual([
            route.operation,
            names[at],
            expect.arrayContaining(['EGRESS']),
          ])
        }
      }
    },
    120_000,
  )

  test.each([
    ['POST', '/v1/images/generations'],
    ['POST', '/v1/images/edits'],
    ['POST', '/v1/audio/speech'],
    ['POST', '/v1/fine_tuning/jobs'],
    ['POST', '/v1/assistants'],
    ['POST', '/v1/threads/runs'],
    ['GET', '/v1/chat/completions'],
    ['PUT', '/v1/chat/completions'],
    ['GET', '/v1/chat/completions/chatcmpl-1'],
    ['POST', '/v1/chat/completions/'],
    ['POST', '/v1/Chat/completions'],
    ['POST', '/chat/completions'],
    ['POST', '/v2/chat/completions'],
    ['DELETE', '/v1/models/gpt-4o-mini'],
    ['GET', '/v1/models/a/b'],
    ['GET', '/v1/organization/users'],
    ['GET', '/'],
    ['GET', '/v1'],
  ])('nobody declares %s %s: 404, and the answer names the endpoints', async (method, path) => {
    const before = gateway.upstream.requests.length
    const body = method === 'GET' ? undefined : '{}'
    const answer = await gateway.send(path, body, { method, app: 'open' })
    expect([answer.status, answer.json()]).toEqual([404, { error: expect.any(String) }])
    for (const route of routes) expect(answer.text()).toContain(`${route.methods[0]} ${route.path}`)
    expect(answer.header('x-should-retry')).toBe('false')
    expect(gateway.upstream.requests).toHaveLength(before)
    expect(await gateway.record(answer)).toMatchObject({ outcome: 'refused', code: 'SLUICE_ROUTE_UNKNOWN' })
  })
})
