import { expect, test } from 'bun:test'
import { adapter, emptyView, filter, loaded, needles, operation } from '../../test/fakes.ts'
import { prompt, request, running } from '../../test/gateway.ts'
import type { LoadedAdapter } from '../protocol/exchange.ts'
import type { Place } from '../protocol/place.ts'
import type { BodyView } from '../protocol/view.ts'

/** An adapter that finds one URL to be fetched, in a tool where a `tool` is told of. */
function fetching(url: string, tool?: string): readonly LoadedAdapter[] {
  const place: Place = { pointer: '/tools/0/server_url' }
  const view: BodyView = {
    ...emptyView,
    models: [{ value: 'm', place: { pointer: '/model' } }],
    fetched: [{ value: url, place }],
    toolSets: [
      {
        place: { pointer: '/tools' },
        tools: tool === undefined ? [] : [{ type: 'hosted', name: tool, place: { pointer: '/tools/0' } }],
        dependents: [],
        choices: [],
      },
    ],
  }
  return [{ id: 'fake', instance: adapter({ operations: [operation({ readRequest: () => view })] }) }]
}
const body = prompt('hello', { tools: [{ name: 'mcp', server_url: 'http://10.0.0.1/' }] })
const inside = 'http://169.254.169.254/latest'

test('a URL of no public host is refused, and the provider is not called', async () => {
  const run = running({ adapters: fetching(inside) })
  const response = await run.gateway.handle(request(body))
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: 'The URL at /tools/0/server_url is no plain http or https URL of a public host.' },
  ])
  expect(run.calls()).toBe(0)
  expect(await run.record()).toMatchObject({ outcome: 'refused', code: 'SLUICE_URL_NOT_PUBLIC', status: 400 })
})

test('a public one passes, and any where the AppContext says so', async () => {
  for (const [url, privateUrls] of [
    ['https://example.com/a', 'refuse'],
    [inside, 'forward'],
  ] as const) {
    const run = running({ adapters: fetching(url), context: { privateUrls } })
    expect((await run.gateway.handle(request(body))).status).toBe(200)
    expect(run.calls()).toBe(1)
    await run.events()
  }
})

test('what a tool filter took out is not fetched', async () => {
  const deny = filter({ define: () => ({ type: 'deny', code: 'NO', reason: 'No.' }) })
  const run = running({ adapters: fetching(inside, 'mcp'), toolFilters: [deny] })
  expect((await run.gateway.handle(request(body))).status).toBe(200)
  expect((await run.record()).toolsRemoved).toMatchObject([{ name: 'mcp', code: 'NO' }])
})

test('what was detected in such a request is on record, and has its consequences', async () => {
  const run = running({
    adapters: fetching(inside),
    detectors: [loaded(needles())],
    policies: [{ id: 'redact', match: {}, action: 'REDACT' }],
  })
  const text = { ...body, x: 'needle' }
  expect((await run.gateway.handle(request(text))).status).toBe(400)
  const { code, detections, decisions } = await run.record()
  expect({ code, found: detections.length > 0, action: decisions[0]?.action }).toEqual({
    code: 'SLUICE_URL_NOT_PUBLIC',
    found: true,
    action: 'REDACT',
  })
  expect([...run.store.actors.rows.values()].map(({ violations }) => violations)).toEqual([1])
})

test('a rule that blocks answers first', async () => {
  const run = running({
    adapters: fetching(inside),
    detectors: [loaded(needles())],
    policies: [{ id: 'block', match: {}, action: 'BLOCK' }],
  })
  expect((await run.gateway.handle(request({ ...body, x: 'needle' }))).status).toBe(200)
  expect(await run.record()).toMatchObject({ outcome: 'blocked', policy: 'block' })
})
