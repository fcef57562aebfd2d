import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Case, Found, Outcome } from '../case.ts'
import type { Domain } from '../task.ts'
import type { Line } from './child.ts'
import type { Peer } from './peer.ts'

export interface PeerRun {
  readonly outcomes: readonly Outcome[]
  readonly bytes: number
  readonly ms: number
  /** What it wrote to standard error last, where it ended before its time without an answer to each case. */
  readonly failure?: string
}

/** Asks a peer in a process of its own, which is ended after so long: what it has answered by then is what counts. */
export async function runPeer(peer: Peer, domain: Domain, cases: readonly Case[], seconds: number): Promise<PeerRun> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-eval-'))
  const file = join(folder, 'cases.json')
  writeFileSync(file, JSON.stringify(cases))
  const child = spawn(
    process.execPath,
    ['--no-env-file', fileURLToPath(new URL('./child.ts', import.meta.url)), peer.name, domain, file],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let ended: 'in time' | 'late' = 'in time'
  const timer = setTimeout(() => {
    ended = 'late'
    child.kill('SIGKILL')
  }, seconds * 1000)
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-2000)
  })
  const outcomes: Outcome[] = []
  let ms = 0
  let bytes = 0
  try {
    for await (const text of createInterface({ input: child.stdout })) {
      const line = parsed(text)
      const one = cases[line?.index ?? -1]
      if (line === undefined || one === undefined) continue
      ms += line.ms
      bytes += Buffer.byteLength(one.text)
      // `child.ts` writes findings without the name.
      const found = line.found.map((each) => ({ ...(each as Omit<Found, 'by'>), by: peer.name }))
      outcomes.push({ case: one, found })
    }
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  const cut = ended === 'in time' && outcomes.length < cases.length
  return { outcomes, bytes, ms, ...(cut ? { failure: lastError(errors) } : {}) }
}

function lastError(text: string): string {
  const lines = text.trim().split('\n')
  return (lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? '').trim().slice(0, 200)
}

/** Undefined for what a peer prints itself, and for a line that was cut off. */
function parsed(text: string): Line | undefined {
  if (!text.startsWith('{"index":')) return undefined
  try {
    return JSON.parse(text) as Line
  } catch {
    return undefined
  }
}
