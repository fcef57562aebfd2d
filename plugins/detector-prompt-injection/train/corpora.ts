import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export interface Case {
  readonly id: string
  readonly label: 0 | 1
  readonly text: string
  readonly kind: string
  readonly source: string
}

/** The folder of the shared corpora: the first argument, or beside the repository. */
export const corporaFolder: string = process.argv[2] ?? join(import.meta.dirname, '../../../../shared/corpora')

export function readCorpus(name: string): readonly Case[] {
  const path = join(corporaFolder, `${name}.jsonl.gz`)
  if (!existsSync(path)) throw new Error(`no corpus at ${path}: give its folder as the first argument`)
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Case) // The corpora's own format.
}

/**
 * Cases of one template share a key: the first words, letters alone. Whole groups are held out, so that what is measured is
 * not a near copy of what was learnt.
 */
export function groupOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .slice(0, 40)
}

/** One group in five is held out. */
export function isHeldOut(text: string): boolean {
  return hashOf(groupOf(text)) % 5 === 0
}

export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) ^ (hash >>> 7)) >>> 0
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}
