import { describe, expect, test } from 'bun:test'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { json } from '@sluice/testing'
import { waitFor } from '../../harness/sluice.ts'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const failing = fileURLToPath(new URL('./failing-store.ts', import.meta.url))
const maxQueuedEvents = 40
const gateway = served({ config: { store: { use: failing }, limits: { maxQueuedEvents } } })
const chat = '/v1/chat/completions'
const full = [503, { error: 'The gateway cannot record this exchange and did not forward it.' }]

/** Kilobytes that the gateway's process holds. Only Linux shows them in this way; elsewhere there is nothing to compare. */
function residentKilobytes(): number {
  const file = `/proc/${gateway.sluice.process.pid}/status`
  return existsSync(file) ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) : 0
}

// https://github.com/BerriAI/litellm/issues/38193
describe('33 the audit queue grows without end while the database is down', () => {
  test('bounded as configured: to the bound exchanges pass, then they are refused and counted; then all are written', async () => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const broken = join(gateway.sluice.folder, 'broken')
    writeFileSync(broken, '')
    const passed: string[] = []
    for (let time = 0; time < maxQueuedEvents; time++) {
      const answer = await gateway.send(chat, prompt('hi'))
      expect([time, answer.status]).toEqual([time, 200])
      passed.push(answer.header('x-sluice-exchange-id') ?? '')
    }
    const forwarded = gateway.upstream.requests.length
    const refused = await gateway.send(chat, prompt('hi'))
    expect([refused.status, refused.json()]).toEqual(full)
    expect((await fetch(`${gateway.sluice.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${gateway.sluice.url}/healthz`)).status).toBe(200)

    // However many come and however large they are: nothing of them is kept, and nothing passes unrecorded.
    const text = 'x'.repeat(10_000)
    const rounds: number[] = []
    for (let round = 0; round < 3; round++) {
      for (let time = 0; time < 50; time++) {
        const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.sluice.post(chat, prompt(text))))
        for (const answer of answers) expect([answer.status, await answer.json()]).toEqual(full)
      }
      rounds.push(residentKilobytes())
    }
    const [, second = 0, third = 0] = rounds
    expect(third - second).toBeLessThan(32 * 1024)
    expect(gateway.upstream.requests).toHaveLength(forwarded)
    expect(await gateway.sluice.events(0)).toEqual([])

    rmSync(broken)
    const written = await gateway.sluice.events(maxQueuedEvents)
    expect(written.map(({ id }) => id).sort()).toEqual(passed.sort())
    await waitFor('the gateway to be ready', async () => (await fetch(`${gateway.sluice.url}/readyz`)).ok || undefined)
    expect((await gateway.send(chat, prompt('hi'))).status).toBe(200)
    // It says how often it could not write, in lines that do not grow with the traffic.
    const lines = gateway.sluice.log.filter((line) => line.includes('audit events could not be written'))
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThan(100)

    await gateway.sluice.stop()
    const last = (await gateway.sluice.events(maxQueuedEvents + 2)).map(({ data }) => data)
    const counted = last.filter(({ repeated }) => repeated !== undefined)
    expect(counted.map(({ code, outcome, status, repeated }) => [code, outcome, status, repeated?.count])).toEqual([
      ['SLUICE_RECORD_FULL', 'refused', 503, 1501],
    ])
  }, 60_000)
})
