import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { standardFolder } from './corpora.ts'
import { tasks } from './tasks.ts'

export interface Options {
  /** Absent: our own cases stand in for the corpora. */
  readonly corpora: string | undefined
  readonly only: readonly string[]
  /** How many of each row's misses are listed. */
  readonly misses: number
  readonly heldOut: boolean
  /** Cases of each group at most. */
  readonly sample: number
  readonly peers: boolean
  /** Seconds for each peer and task. */
  readonly peerSeconds: number
  readonly write: boolean
}

const names: readonly string[] = [...tasks.map(({ id }) => id), 'latency']

export const usage = `bun run eval [options]
  --only a,b         these tasks: ${names.join(', ')}
  --corpora DIR      default: ../shared/corpora, beside the repository; our own few cases where it is absent
  --held-out         only the part of each corpus that was held out (README.md says which)
  --sample N         at most N cases of each group
  --misses N         list up to N cases that make each figure worse
  --no-peers         without what others find; --peer-seconds N for each of them and task (default 60)
  --write            write docs/detection-quality.md and its plots; only with all tasks, all cases and the corpora`

export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      only: { type: 'string' },
      corpora: { type: 'string' },
      'held-out': { type: 'boolean', default: false },
      sample: { type: 'string' },
      misses: { type: 'string' },
      'no-peers': { type: 'boolean', default: false },
      'peer-seconds': { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const only = values.only?.split(',') ?? names
  const unknown = only.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`no such task: ${unknown.join(', ')}; there are ${names.join(', ')}`)
  const corpora = values.corpora ?? (existsSync(standardFolder) ? standardFolder : undefined)
  if (values.corpora !== undefined && !existsSync(values.corpora)) throw new Error(`no such folder: ${values.corpora}`)
  const partial =
    values.only !== undefined || values['held-out'] || values.sample !== undefined || corpora === undefined
  if (values.write && partial) throw new Error('--write takes a run of all tasks and cases, with the corpora')
  return {
    corpora,
    only,
    misses: count('misses', values.misses, 0, 0),
    heldOut: values['held-out'],
    sample: count('sample', values.sample, Number.MAX_SAFE_INTEGER, 1),
    peers: !values['no-peers'],
    peerSeconds: count('peer-seconds', values['peer-seconds'], 60, 1),
    write: values.write,
  }
}

function count(name: string, text: string | undefined, otherwise: number, least: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (!Number.isInteger(value) || value < least) throw new Error(`--${name} takes a whole number from ${least}`)
  return value
}
