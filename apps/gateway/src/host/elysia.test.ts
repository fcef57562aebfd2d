import { expect, test } from 'bun:test'
import type { Gateway } from '@sluice/core'
import { createApp } from './elysia.ts'

const errors: string[] = []
const log = { debug() {}, info() {}, warn() {}, error: (message: string) => errors.push(message) }

function app(handle: Gateway['handle'], check: Gateway['check'] = async () => {}) {
  const gateway: Gateway = {
    handle,
    check,
    active: 0,
    close: async () => {},
    standing: async () => 'good',
    supersede() {},
  }
  return createApp({ gateway }, log)
}

test('every method and path reaches the gateway with its body unread, and its response comes back itself', async () => {
  const response = new Response('x', { status: 207, headers: { 'content-type': 'text/event-stream' } })
  const seen: string[] = []
  const host = app(async (request) => {
    seen.push(`${request.method} ${request.url} ${request.bodyUsed}`)
    return response
  })
  for (const [method, path] of [
    ['POST', '/v1/chat/completions'],
    ['HEAD', '/'],
    ['OPTIONS', '//x'],
    ['DELETE', '/healthz/x?y'],
  ] as const) {
    const body = method === 'POST' ? '{"broken json' : null
    const request = new Request(`http://h${path}`, { method, body, headers: { 'content-type': 'application/json' } })
    expect(await host.fetch(request)).toBe(response)
  }
  expect(seen).toEqual([
    'POST http://h/v1/chat/completions false',
    'HEAD http://h/ false',
    'OPTIONS http://h//x false',
    'DELETE http://h/healthz/x?y false',
  ])
})

test('what is thrown is not shown', async () => {
  const host = app(async () => {
    throw new Error('sk-canary')
  })
  const response = await host.fetch(new Request('http://h/v1/models'))
  expect(response.status).toBe(500)
  expect(await response.json()).toEqual({ error: 'The gateway failed to answer.' })
  expect(errors.join()).not.toContain('canary')
})

test('ready is what the gateway says it is', async () => {
  const broken = app(
    async () => new Response(),
    async () => {
      throw new Error('disk full')
    },
  )
  const ready = await broken.fetch(new Request('http://h/readyz'))
  expect(ready.status).toBe(503)
  expect(await ready.text()).not.toContain('disk')
  expect((await broken.fetch(new Request('http://h/healthz?x'))).status).toBe(200)
  expect((await broken.fetch(new Request('http://h/healthz', { method: 'POST' }))).status).toBe(405)
})
