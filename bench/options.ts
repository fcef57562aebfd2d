import { parseArgs } from 'node:util'
import { type Case, cases } from './cases.ts'
import { type System, systems } from './systems.ts'

export interface Options {
  readonly systems: readonly System[]
  readonly cases: readonly Case[]
  readonly rounds: number
  readonly seconds: number
  readonly warmUpSeconds: number
  readonly threads: number
  readonly connections: number
  /** Open streams for the measurement of memory; 0 leaves it out. */
  readonly streams: number
  /** The table goes into docs/performance.md: only a full run of everything may change what is published. */
  readonly publish: boolean
}

export const usage = `bun run bench [options]
  --quick            one round of 2 s (default: 3 rounds of 5 s)
  --only a,b         these systems: ${systems.map(({ id, title }) => `${id} (${title})`).join(', ')}
  --cases id,id      these cases: ${cases.map(({ id }) => id).join(', ')}
  --rounds N --seconds N --threads N --connections N
  --streams N        open streams when memory is measured, 0 for none (default 1000)
Only a run of all systems and cases, not quick, writes docs/performance.md.`

export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      quick: { type: 'boolean' },
      only: { type: 'string' },
      cases: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      threads: { type: 'string' },
      connections: { type: 'string' },
      streams: { type: 'string' },
    },
  })
  if (values.help) return 'help'
  const quick = values.quick === true
  const streams = count('streams', values.streams, 1000, 0)
  return {
    systems: pick('system', systems, values.only),
    cases: pick('case', cases, values.cases),
    rounds: count('rounds', values.rounds, quick ? 1 : 3),
    seconds: count('seconds', values.seconds, quick ? 2 : 5),
    warmUpSeconds: quick ? 1 : 6,
    threads: count('threads', values.threads, 1),
    connections: count('connections', values.connections, 32),
    streams,
    publish: !quick && values.only === undefined && values.cases === undefined && streams > 0,
  }
}

function pick<Item extends { readonly id: string }>(
  what: string,
  all: readonly Item[],
  named: string | undefined,
): readonly Item[] {
  if (named === undefined) return all
  const ids = named.split(',')
  const unknown = ids.filter((id) => !all.some((item) => item.id === id))
  if (unknown.length > 0) throw new Error(`no such ${what}: ${unknown.join(', ')}`)
  return all.filter((item) => ids.includes(item.id))
}

function count(name: string, text: string | undefined, otherwise: number, least = 1): number {
  const value = text === undefined ? otherwise : Number(text)
  if (!Number.isInteger(value) || value < least) throw new Error(`--${name} takes a whole number from ${least}`)
  return value
}
