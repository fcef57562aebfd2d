import { describe, expect, test } from 'bun:test'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectRaw, rawRequest } from '@sluice/testing'
import { served } from '../pitfalls/served.ts'

const failing = fileURLToPath(new URL('./failing-store.ts', import.meta.url))
const gateway = served({ config: { store: { use: failing } } })

describe.each([
  ['/healthz', '{"status":"ok"}'],
  ['/readyz', '{"status":"ok"}'],
])('%s', (path, body) => {
  const ask = (method: string, target = path) =>
    rawRequest(`${gateway.sluice.url}${path}`, { method, target }, { method })

  test('needs no key, leaves no record, and is never cached', async () => {
    const answer = await ask('GET')
    expect([answer.status, answer.text()]).toEqual([200, body])
    expect(answer.header('content-type')).toBe('application/json')
    expect(answer.header('cache-control')).toBe('no-store')
    expect((await ask('GET', `${path}?x=1`)).status).toBe(200)
    const head = await ask('HEAD')
    expect([head.status, head.body.length]).toEqual([200, 0])
    const posted = await ask('POST')
    expect([posted.status, posted.header('allow')]).toEqual([405, 'GET, HEAD'])
    expect(posted.json()).toEqual({ error: expect.any(String) })
    expect(await gateway.sluice.events(0)).toEqual([])
    expect(gateway.upstream.requests).toHaveLength(0)
  })

  test('nothing beside it is answered without a key', async () => {
    for (const near of [`${path}/`, `/${path}`, path.toUpperCase(), `${path}x`, `/v1${path}`, `${path}%20`]) {
      expect([near, (await ask('GET', near)).status]).toEqual([near, 401])
    }
  })
})

test('they answer while another connection says nothing', async () => {
  using quiet = await connectRaw(gateway.sluice.url)
  await quiet.send('GET /healthz HTTP/1.1\r\nhost: x')
  expect((await fetch(`${gateway.sluice.url}/healthz`)).status).toBe(200)
})

test('a store that does not answer: alive, and not ready, until it answers again', async () => {
  const broken = join(gateway.sluice.folder, 'broken')
  writeFileSync(broken, '')
  const ready = await fetch(`${gateway.sluice.url}/readyz`)
  expect([ready.status, await ready.json()]).toEqual([503, { error: 'The gateway cannot serve.' }])
  expect((await fetch(`${gateway.sluice.url}/healthz`)).status).toBe(200)
  rmSync(broken)
  expect((await fetch(`${gateway.sluice.url}/readyz`)).status).toBe(200)
})
