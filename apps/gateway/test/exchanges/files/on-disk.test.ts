import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectRaw, encodeRequest, json, type RawConnection } from '@sluice/testing'
import { runtime, startSluice, type TestSluice, waitFor } from '../../harness/sluice.ts'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'
import { contentType, file, form, line, purpose, sha256, upload, uploadLines } from './forms.ts'

const gateway = served({
  apps: { block: { policies: ['block-in'] }, redact: { policies: ['redact-in'] } },
  config: { plugins: detectors, policies, server: { spoolFolder: 'spool' }, limits: { maxBodyBytes: 50_000 } },
})

function spooled(sluice: TestSluice): readonly string[] {
  const folder = join(sluice.folder, 'spool')
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

const noneLeft = (sluice: TestSluice): Promise<true> =>
  waitFor('an empty spool folder', () => Promise.resolve(spooled(sluice).length === 0 ? true : undefined))

/** An upload of which the last bytes do not come, once the rest of it is on disk. */
async function halfSent(sluice: TestSluice, body: Uint8Array): Promise<RawConnection> {
  const connection = await connectRaw(sluice.url)
  const headers = { ...sluice.headers(), 'content-type': contentType }
  const whole = encodeRequest(`${sluice.url}/v1/files`, { method: 'POST', headers, body })
  await connection.send(whole.subarray(0, whole.length - 10))
  await waitFor('a file on disk', () => {
    const [path] = spooled(sluice)
    return Promise.resolve(path !== undefined && statSync(path).size > 300_000 ? path : undefined)
  })
  return connection
}

const canary = 'canary-of-the-upload'
const large = form(
  purpose('batch'),
  file(Array.from({ length: 200 }, (_, at) => line(`${at}`, `${canary} `.repeat(100))).join('\n')),
)

describe('a file on its way', () => {
  test('lies on disk encrypted, for nobody else to read, and may be larger than a body', async () => {
    gateway.upstream.respond(json({ id: 'file-1', object: 'file' }))
    using connection = await halfSent(gateway.sluice, large)
    const [path = ''] = spooled(gateway.sluice)
    expect([statSync(path).mode & 0o777, statSync(join(path, '..')).mode & 0o777]).toEqual([0o600, 0o700])
    const kept = readFileSync(path)
    expect([kept.includes(canary), kept.includes('custom_id')]).toEqual([false, false])
    expect(gateway.upstream.requests).toHaveLength(0)
    await connection.send(large.subarray(large.length - 10))
    expect((await connection.read({ timeoutMs: 15_000 })).status).toBe(200)
    expect(sha256(gateway.upstream.requests.at(-1)?.body)).toBe(sha256(large))
    await noneLeft(gateway.sluice)
  })

  test('is gone when it was refused, blocked, or its client has left', async () => {
    expect((await uploadLines(gateway, ['{'])).status).toBe(400)
    expect((await uploadLines(gateway, [line('a', needle)])).status).toBe(451)
    const connection = await halfSent(gateway.sluice, large)
    connection.reset()
    await noneLeft(gateway.sluice)
    // The three of this test and the one before.
    const outcomes = (await gateway.sluice.events(4)).map(({ data }) => data.outcome)
    // Deno tells a client that left from one that broke off its body by nothing.
    const left = runtime === 'bun' ? 'client-aborted' : 'refused'
    expect(outcomes).toEqual(['forwarded', 'refused', 'blocked', left])
  })

  test('is gone when the provider fails, or answers before all of it was taken', async () => {
    gateway.upstream.respond(json({ error: { message: 'no' } }, { status: 500 }))
    expect((await upload(gateway, large)).status).toBe(500)
    await noneLeft(gateway.sluice)
  })
})

test('what a killed gateway has left is removed at the next start; the key went with it', async () => {
  const config = { server: { spoolFolder: 'spool' } }
  await using killed = await startSluice({ upstream: 'http://127.0.0.1:9', config })
  using _connection = await halfSent(killed, large)
  await killed.stop('SIGKILL')
  const [left = ''] = spooled(killed)
  expect(readFileSync(left).includes(canary)).toBe(false)
  const again = { server: { spoolFolder: join(killed.folder, 'spool') } }
  await using next = await startSluice({ upstream: 'http://127.0.0.1:9', config: again })
  expect(existsSync(left)).toBe(false)
  expect(next.log.join('\n')).toContain('removed')
})

test('without a place on disk an upload is 507, and everything else goes on', async () => {
  writeFileSync(join(gateway.sluice.folder, 'no-folder'), '')
  const config = { server: { spoolFolder: join(gateway.sluice.folder, 'no-folder', 'spool') } }
  await using sluice = await startSluice({ upstream: gateway.upstream.url, config })
  const headers = { ...sluice.headers(), 'content-type': contentType }
  const answer = await fetch(`${sluice.url}/v1/files`, { method: 'POST', headers, body: new Uint8Array(large) })
  expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([507, 'false'])
  expect((await sluice.eventOf(answer)).data).toMatchObject({ outcome: 'refused', code: 'SLUICE_SPOOL_FAILED' })
  gateway.upstream.respond(json({ object: 'list', data: [] }))
  expect((await fetch(`${sluice.url}/v1/files`, { headers: sluice.headers() })).status).toBe(200)
})
