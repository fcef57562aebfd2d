// One command, one run, every system in turn. `bun run bench --help`
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Case, heldBody } from './cases.ts'
import { processorMilliseconds, residentMegabytes } from './consumption.ts'
import { describeMachine } from './machine.ts'
import { openStreams } from './open-streams.ts'
import { type Options, readOptions, usage } from './options.ts'
import { freePort, type Running, start, stopEverything, temporaryFolder } from './processes.ts'
import { publish } from './publish.ts'
import { report } from './report.ts'
import type { Memory, Results, Run } from './results.ts'
import type { System } from './systems.ts'
import { verify } from './verify.ts'
import { requireWrk, runWrk } from './wrk.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const logs = here('./results/logs')

interface Started {
  readonly system: System
  readonly process: Running
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

async function startUpstreamProcess(): Promise<string> {
  const port = await freePort()
  const command = [process.execPath, '--no-install', '--no-env-file', here('./upstream.ts'), `${port}`] as const
  await start('the upstream', { command }, port, `${logs}/upstream.log`)
  return `http://127.0.0.1:${port}`
}

async function startSystem(system: System, upstream: string): Promise<Started> {
  const port = await freePort()
  const command = system.start({ port, upstream, folder: temporaryFolder() })
  return {
    system,
    process: await start(`system ${system.id}`, command, port, `${logs}/${system.id}.log`),
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer sk-none',
      'user-agent': 'sluice-bench',
      ...system.headers(upstream),
    },
  }
}

async function measureOnce(started: Started, one: Case, round: number, options: Options, folder: string): Promise<Run> {
  const { system, process, url, headers } = started
  const { threads, connections, seconds } = options
  const before = processorMilliseconds(process.pid)
  const measured = await runWrk({ url, headers, body: one.body, seconds, threads, connections, folder })
  // What is written behind belongs to this run, not to the next system's.
  await Bun.sleep(300)
  const used = processorMilliseconds(process.pid) - before
  const run = {
    case: one.id,
    system: system.id,
    round,
    ...measured,
    processorMicros: (used * 1000) / measured.requests,
  }
  console.error(
    `${one.id.padEnd(12)} round ${round + 1}  ${system.id}  ${run.requestsPerSecond.toFixed(0).padStart(7)}/s  ` +
      `p50 ${run.p50Ms.toFixed(2)} ms  p99 ${run.p99Ms.toFixed(2)} ms  ${run.processorMicros.toFixed(0)} CPU µs  ` +
      `${run.errors} errors`,
  )
  return run
}

async function measureSpeed(options: Options, upstream: string): Promise<Run[]> {
  const folder = temporaryFolder()
  const all: Started[] = []
  for (const system of options.systems) all.push(await startSystem(system, upstream))
  const runs: Run[] = []
  for (const one of options.cases) {
    const chosen = all.filter(({ system }) => one.systems?.includes(system.id) ?? true)
    for (const { system, url, headers } of chosen) {
      await verify(system, one, url, headers)
      const { warmUpSeconds, threads, connections } = options
      await runWrk({ url, headers, body: one.body, seconds: warmUpSeconds, threads, connections, folder })
    }
    for (let round = 0; round < options.rounds; round++) {
      for (const started of chosen) runs.push(await measureOnce(started, one, round, options, folder))
    }
  }
  for (const { process } of all) process.stop()
  return runs
}

/** On a fresh process each: what a load test leaves in the heap is another question. */
async function measureMemory({ systems, streams, cases }: Options, upstream: string): Promise<Memory[]> {
  const memory: Memory[] = []
  if (streams === 0) return memory
  const [warmUp] = cases
  for (const system of systems) {
    const { process, url, headers } = await startSystem(system, upstream)
    for (let count = 0; count < 50 && warmUp !== undefined; count++) await verify(system, warmUp, url, headers)
    await Bun.sleep(1000)
    const idleMegabytes = residentMegabytes(process.pid)
    {
      using _open = await openStreams(streams, url, headers, heldBody)
      await Bun.sleep(1000)
      memory.push({ system: system.id, idleMegabytes, streams, openMegabytes: residentMegabytes(process.pid) })
    }
    process.stop()
    console.error(`memory: ${JSON.stringify(memory.at(-1))}`)
  }
  return memory
}

function requireSystems(): void {
  if (existsSync(here('./node_modules/elysia'))) return
  console.error('installing what Sluice is compared with into bench/node_modules')
  const { status } = spawnSync(process.execPath, ['install', '--frozen-lockfile'], { cwd: here('.'), stdio: 'inherit' })
  if (status !== 0) throw new Error('`bun install` in bench/ failed')
}

async function main(options: Options): Promise<void> {
  requireWrk()
  requireSystems()
  mkdirSync(logs, { recursive: true })
  const upstream = await startUpstreamProcess()
  const runs = await measureSpeed(options, upstream)
  const memory = await measureMemory(options, upstream)
  const { rounds, seconds, threads, connections } = options
  const at = new Date().toISOString()
  const results: Results = { at, machine: describeMachine(), rounds, seconds, threads, connections, runs, memory }
  const raw = here(`./results/${at.replaceAll(':', '-')}.json`)
  writeFileSync(raw, `${JSON.stringify(results, null, 2)}\n`)
  const markdown = report(results)
  console.log(markdown)
  const errors = runs.reduce((sum, run) => sum + run.errors, 0)
  if (errors > 0) throw new Error(`${errors} requests failed: these figures do not count, and nothing is published`)
  if (options.publish) publish(here('../docs/performance.md'), markdown)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopEverything()
    process.exit(1)
  })
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') console.log(usage)
  else await main(options)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  stopEverything()
}
