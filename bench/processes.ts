import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from './systems.ts'

const running = new Set<ChildProcess>()
const folders = new Set<string>()

export interface Running {
  readonly pid: number
  readonly stop: () => void
}

/** Starts a process; resolves when its port takes connections. What it says goes to `log`. */
export async function start(name: string, { command, env }: Command, port: number, log: string): Promise<Running> {
  const out = openSync(log, 'w')
  const [file, ...args] = command
  const child = spawn(file, args, {
    stdio: ['ignore', out, out],
    // Bun makes at most 256 requests at a time unless told otherwise: too few for a thousand open streams.
    env: { ...process.env, NODE_ENV: 'production', BUN_CONFIG_MAX_HTTP_REQUESTS: '8192', ...env },
  })
  running.add(child)
  let ended: string | undefined
  child.on('error', (error) => {
    ended = error.message
  })
  child.on('exit', (code, signal) => {
    ended = `exit ${code ?? signal}`
    running.delete(child)
  })
  for (const deadline = performance.now() + 30_000; !(await reachable(port)); ) {
    if (ended !== undefined || performance.now() > deadline) {
      throw new Error(`${name} did not start (${ended ?? 'not within 30 s'}):\n${lastLines(log)}`)
    }
    await Bun.sleep(50)
  }
  const { pid } = child
  if (pid === undefined) throw new Error(`${name} has no process id`)
  return { pid, stop: () => stopTree(child) }
}

/** A folder that is removed at the end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
  folders.add(folder)
  return folder
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/** Leaves nothing behind. Also called on a signal, so it waits for nothing. */
export function stopEverything(): void {
  for (const child of running) stopTree(child)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  folders.clear()
}

/** Process ids of a process and all that descend from it. */
export function processTree(pid: number): number[] {
  let children: number[] = []
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    // It has ended, or this is no Linux.
  }
  return [pid, ...children.flatMap(processTree)]
}

export function track(child: ChildProcess): void {
  running.add(child)
  child.on('exit', () => running.delete(child))
}

function stopTree(child: ChildProcess): void {
  running.delete(child)
  if (child.pid === undefined || child.exitCode !== null) return
  for (const pid of processTree(child.pid)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended in the meantime.
    }
  }
}

async function reachable(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(1000) })
    await response.body?.cancel()
    return true
  } catch {
    return false
  }
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-20).join('\n')
}
