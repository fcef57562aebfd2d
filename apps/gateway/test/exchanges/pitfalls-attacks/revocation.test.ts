import { describe, expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UpstreamExchange } from '@sluice/testing'
import type { ConfigOptions } from '../../../src/config/schema.ts'
import { command } from '../../harness/command.ts'
import { waitFor } from '../../harness/sluice.ts'
import { chunks, frame, prompt } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({ apps: { app: {}, suspended: {}, removed: {}, stays: {} } })
const chat = '/v1/chat/completions'
const first = chunks([{ content: 'one two three' }])
  .map(frame)
  .slice(0, 2)
  .join('')

async function keys(...words: readonly string[]): Promise<string> {
  const { folder } = gateway.sluice
  const ran = await command(['keys', ...words, '--config', join(folder, 'sluice.json')], { folder })
  if (ran.code !== 0) throw new Error(ran.stderr)
  return ran.stdout.trim()
}

interface Open {
  readonly id: string
  readonly upstream: UpstreamExchange
  /** Resolves with what the client got in the end. */
  readonly text: Promise<string>
}

/** A stream whose provider goes on for ever, of which the client has had the beginning. */
async function openStream(key: string): Promise<Open> {
  const before = gateway.upstream.exchanges.length
  gateway.upstream.respond(async (exchange) => {
    await exchange.head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' })
    await exchange.chunk(first)
    for (;;) {
      await exchange.pause(50)
      await exchange.chunk(': on\n\n')
    }
  })
  const headers = { 'x-detection-key': key }
  const answer = await gateway.sluice.post(chat, prompt('hi', { stream: true }), { headers })
  const text = answer.text().catch(() => 'cut')
  await gateway.upstream.until(({ exchanges }) => exchanges.length === before + 1)
  const upstream = gateway.upstream.exchanges[before]
  const id = answer.headers.get('x-sluice-exchange-id')
  if (upstream === undefined || id === null) throw new Error('no stream')
  return { id, upstream, text }
}

/** It ends within a second of now, and its record says why. */
async function expectEnded({ id, upstream, text }: Open, code: string): Promise<void> {
  const now = performance.now()
  expect((await upstream.aborted) - now).toBeLessThan(1000)
  expect(await text).not.toContain('[DONE]')
  expect((await gateway.sluice.eventOf(id)).data).toMatchObject({ outcome: 'upstream-truncated', code, status: 200 })
}

async function reloadWith(change: (config: ConfigOptions) => ConfigOptions): Promise<void> {
  const { sluice } = gateway
  const file = join(sluice.folder, 'sluice.json')
  const before = sluice.log.length
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')))))
  sluice.process.kill('SIGHUP')
  await waitFor('the reload', () => sluice.log.slice(before).some((line) => line.includes('was reloaded')) || undefined)
}

// From the review of this design.
describe('63 open streams outlive a revocation', () => {
  test('revoke mid-stream', async () => {
    const key = await keys('create', '--app', gateway.sluice.appId('app'), '--name', 'leaked')
    const stream = await openStream(key)
    const other = await openStream(gateway.sluice.key('app'))
    const list = (await keys('list', '--json')).split('\n').map((line) => JSON.parse(line))
    await keys('revoke', list.find(({ name }) => name === 'leaked').id)
    await expectEnded(stream, 'SLUICE_KEY_INVALID')
    expect(other.upstream.state).toBe('open')
  }, 20_000)

  test('a key that expires mid-stream', async () => {
    const expires = new Date(Date.now() + 4000)
    const app = gateway.sluice.appId('app')
    const stream = await openStream(
      await keys('create', '--app', app, '--name', 'short', '--expires', expires.toISOString()),
    )
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, expires.getTime() - Date.now())))
    await expectEnded(stream, 'SLUICE_KEY_INVALID')
  }, 20_000)

  test('an AppContext that is suspended, one that is taken out, and a key that is, by a reload', async () => {
    const streams = {
      suspended: await openStream(gateway.sluice.key('suspended')),
      removed: await openStream(gateway.sluice.key('removed')),
      stays: await openStream(gateway.sluice.key('stays')),
    }
    const hash = await waitFor('the key', () => {
      const config: ConfigOptions = JSON.parse(readFileSync(join(gateway.sluice.folder, 'sluice.json'), 'utf8'))
      return config.keys?.find(({ app }) => app === gateway.sluice.appId('removed'))?.hash
    })
    await reloadWith((config) => ({
      ...config,
      apps: config.apps.map((app) => (app.name === 'suspended' ? { ...app, status: 'suspended' as const } : app)),
      keys: (config.keys ?? []).filter((key) => key.hash !== hash),
    }))
    await Promise.all([
      expectEnded(streams.suspended, 'SLUICE_APP_SUSPENDED'),
      expectEnded(streams.removed, 'SLUICE_KEY_INVALID'),
    ])
    // Under an older configuration still: another reload is asked too.
    expect(streams.stays.upstream.state).toBe('open')
    await reloadWith((config) => ({ ...config, keys: [] }))
    await expectEnded(streams.stays, 'SLUICE_KEY_INVALID')
  }, 20_000)
})
