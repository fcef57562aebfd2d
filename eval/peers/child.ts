// bun peers/child.ts NAME DOMAIN FILE: asks a peer about each case of the file, in a process that may be killed.
import { readFileSync, writeSync } from 'node:fs'
import type { Case } from '../case.ts'
import type { Domain } from '../task.ts'
import { peers } from './list.ts'

/** One line of what it prints. */
export interface Line {
  readonly index: number
  readonly ms: number
  readonly found: readonly object[]
}

const [name, domain, file = ''] = process.argv.slice(2)
const peer = peers.find((one) => one.name === name)
if (peer === undefined) throw new Error(`no such peer: ${name}`)
// Standard output is for the answers; peers log there.
for (const method of ['log', 'info', 'debug'] as const) console[method] = () => undefined
// A pool of workers that a peer never uses here fails in the background: that is no answer to any case.
process.on('uncaughtException', () => undefined)
// `run-peer.ts` starts this and writes the file.
const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly Case[]
const ask = await peer.open(domain as Domain)
for (const [index, one] of cases.entries()) {
  const began = performance.now()
  const found = await ask(one)
  const line: Line = { index, ms: performance.now() - began, found }
  writeSync(1, `${JSON.stringify(line)}\n`)
}
process.exit(0)
