import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { json } from '@sluice/testing'
import { command } from '../../harness/command.ts'
import { sha256, waitFor } from '../../harness/sluice.ts'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const past = `detect_live_${'p'.repeat(40)}`
const gateway = served({
  apps: { app: {}, other: {} },
  config: {
    keys: [{ app: 'ac_000000000000', name: 'past', hash: `sha256:${sha256(past)}`, expires: '2020-01-01T00:00:00Z' }],
  },
})
const chat = '/v1/chat/completions'

/** The command beside the running gateway, on the same folder. */
async function keys(...words: readonly string[]): Promise<string> {
  const { folder } = gateway.sluice
  const ran = await command(['keys', ...words, '--config', join(folder, 'sluice.json')], { folder })
  if (ran.code !== 0) throw new Error(ran.stderr)
  return ran.stdout.trim()
}

async function create(name: string, ...more: readonly string[]): Promise<string> {
  return keys('create', '--app', gateway.sluice.appId('app'), '--name', name, ...more)
}

const statusOf = async (key: string) =>
  (await gateway.send(chat, prompt('hi'), { headers: [['x-detection-key', key]] })).status

/** Milliseconds until the gateway answers a key so. */
async function msUntil(key: string, status: number): Promise<number> {
  const start = performance.now()
  await waitFor(`${status}`, async () => (await statusOf(key)) === status || undefined)
  return performance.now() - start
}

describe('keys that the command makes and takes while the gateway runs', () => {
  test('a new key is known, and a revoked one refused, within 250 ms', async () => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const key = await create('one')
    expect(await msUntil(key, 200)).toBeLessThan(250)
    const list = (await keys('list', '--json')).split('\n').map((line) => JSON.parse(line))
    const { id } = list.find(({ name }) => name === 'one')
    const answer = await gateway.send(chat, prompt('hi'), { headers: [['x-detection-key', key]] })
    expect(await gateway.record(answer)).toMatchObject({ key: { id, name: 'one', prefix: key.slice(0, 16) } })

    await keys('revoke', id)
    expect(await msUntil(key, 401)).toBeLessThan(250)
    const refused = await gateway.send(chat, prompt('hi'), { headers: [['x-detection-key', key]] })
    expect(refused.json()).toEqual({ error: 'Invalid detection key' })
    const record = await gateway.record(refused)
    expect(record).toMatchObject({ outcome: 'refused', code: 'SLUICE_KEY_INVALID' })
    expect(JSON.stringify(record)).not.toContain(key)
    // The key of the configuration, and another of the store, are not touched.
    expect(await statusOf(gateway.sluice.key('app'))).toBe(200)
  }, 20_000)

  test('a key is refused from the moment it expires', async () => {
    const expires = new Date(Date.now() + 1500)
    const key = await create('short', '--expires', expires.toISOString())
    let passed = 0
    await waitFor('the key to expire', async () => {
      const sentAt = Date.now()
      const status = await statusOf(key)
      if (status === 200) {
        expect(sentAt).toBeLessThan(expires.getTime())
        passed++
        return undefined
      }
      expect([status, Date.now() >= expires.getTime()]).toEqual([401, true])
      return true
    })
    expect(passed).toBeGreaterThan(0)
  }, 20_000)

  test('a key of the configuration that has expired is refused', async () => {
    expect(await statusOf(past)).toBe(401)
  })

  test('a key belongs to one AppContext', async () => {
    const answer = await gateway.send(chat, prompt('hi'), { app: 'other' })
    const { subject } = await gateway.sluice.eventOf(answer.header('x-sluice-exchange-id') ?? '')
    expect(subject).toBe(gateway.sluice.appId('other'))
  })
})
