import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { ownCorpus } from './fixtures.ts'
import { isHeldOut } from './half.ts'

/** One line of a corpus. Members that only some have are absent elsewhere. */
export interface Entry {
  readonly id: string
  readonly label: 0 | 1
  readonly text: string
  readonly kind: string
  readonly source: string
  /** Offsets in code points, as Python counts. */
  readonly spans?: readonly { readonly type: string; readonly start: number; readonly end: number }[]
  /** Of recognizer tests: how many should be found. */
  readonly expected?: number
  readonly entities?: readonly string[] | null
}

export interface Corpora {
  /** `own`: the folder or the file is absent, so our own few cases stand in for it. */
  read(name: string): readonly Entry[]
  isOwn(name: string): boolean
}

export const standardFolder = fileURLToPath(new URL('../../shared/corpora', import.meta.url))

export function corporaIn(folder: string | undefined, heldOut: boolean): Corpora {
  const read = new Map<string, readonly Entry[]>()
  const fileOf = (name: string): string | undefined => {
    const file = folder === undefined ? undefined : join(folder, `${name}.jsonl.gz`)
    return file !== undefined && existsSync(file) ? file : undefined
  }
  return {
    isOwn: (name) => fileOf(name) === undefined,
    read(name) {
      const before = read.get(name)
      if (before !== undefined) return before
      const file = fileOf(name)
      const entries = file === undefined ? ownCorpus(name) : linesOf(file)
      // Our own cases are so few that a half of them says nothing.
      const chosen = heldOut && file !== undefined ? entries.filter(({ text }) => isHeldOut(name, text)) : entries
      read.set(name, chosen)
      return chosen
    },
  }
}

function linesOf(file: string): readonly Entry[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  // The format of the corpora, described beside them.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry)
}
