import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../apps/gateway/src/config/read.ts'
import { buildGeneration, type Generation } from '../apps/gateway/src/generation/generation.ts'
import { createLog } from '../apps/gateway/src/host/log.ts'
import { wholeAnswer } from './answers.ts'
import { prose } from './prose.ts'
import { detectionKey, writeSluiceConfig } from './sluice-config.ts'

// What one whole exchange costs inside the process, without sockets: where to look before and after a change.

const rounds = 40
const exchanges = 2000

const usage = 'bun --conditions=sluice-source bench/inside.ts [c|d] [characters of the prompt]'
const [system = 'd', size = '1000'] = process.argv.slice(2)
if (!/^[cd]$/.test(system) || !/^[1-9][0-9]{0,6}$/.test(size)) {
  console.error(usage)
  process.exit(2)
}

const answered = new TextEncoder().encode(wholeAnswer)
const answer = (): Response =>
  new Response(answered, {
    headers: { 'content-type': 'application/json', 'content-length': String(answered.length), 'x-request-id': 'req_1' },
  })

const prompt = JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: prose(Number(size)) }] })
const ask = (): Request =>
  new Request('http://127.0.0.1:8787/v1/chat/completions', {
    method: 'POST',
    headers: {
      host: '127.0.0.1:8787',
      'content-type': 'application/json',
      'content-length': String(prompt.length),
      authorization: 'Bearer sk-bench',
      'x-detection-key': detectionKey,
    },
    body: prompt,
  })

const folder = mkdtempSync(join(tmpdir(), 'sluice-inside-'))
// Only connected to: the gateway asks whether somebody listens before its first call.
const upstream = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: answer })
globalThis.fetch = Object.assign(async () => answer(), { preconnect: () => {} })
try {
  const config = writeSluiceConfig(folder, upstream.url.origin, system === 'd')
  const log = createLog({ level: 'warn', format: 'text' })
  const generation = await buildGeneration(await readConfig(config), { environment: {}, log })
  await measure(generation)
  await generation.retire(1000)
} finally {
  upstream.stop(true)
  rmSync(folder, { recursive: true })
}

async function measure({ gateway, store }: Generation): Promise<void> {
  const first = await gateway.handle(ask())
  if (first.status !== 200) throw new Error(`the gateway answered ${first.status}: ${await first.text()}`)
  const around = await timed(async () => {
    await ask().bytes()
    return (await fetch('')).bytes()
  })
  const all = await timed(async () => (await gateway.handle(ask())).bytes())

  console.log(`${system}, prompt of ${size} characters, µs an exchange`)
  line('all', all.median, `best round ${all.least.toFixed(1)}`)
  line('around it', around.median, 'making the request and the provider’s answer, reading both')
  const stages = new Map<string, number>()
  await new Promise((resolve) => setTimeout(resolve, 200))
  const records = await store.instance.audit.read({ last: 10 * exchanges })
  for (const { event } of records) {
    for (const [stage, ms] of Object.entries(event.data.ms)) {
      stages.set(stage, (stages.get(stage) ?? 0) + (ms * 1000) / records.length)
    }
  }
  console.log('of that, as the records say (without writing them)')
  for (const [stage, us] of stages) line(stage, us)
}

/** µs of one call. Half of the rounds, those in which other processes disturbed most, say little: hence the median. */
async function timed(exchange: () => Promise<unknown>): Promise<{ readonly least: number; readonly median: number }> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    for (let count = 0; count < exchanges; count++) await exchange()
    times.push(((performance.now() - from) * 1000) / exchanges)
    // Timers, and with them the writing of the record, get their turn.
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  const sorted = times.slice(rounds / 4).toSorted((a, b) => a - b)
  return { least: sorted[0] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0 }
}

function line(name: string, us: number, note = ''): void {
  console.log(`  ${name.padEnd(10)}${us.toFixed(1).padStart(7)}  ${note}`.trimEnd())
}
