import { readdirSync, readFileSync } from 'node:fs'
import type { AnswerSample } from '@sluice/testing'

const FOLDER = new URL('../fixtures/', import.meta.url)
const files: readonly string[] = readdirSync(FOLDER)

export function bytesOf(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(file, FOLDER)))
}

export function textOf(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8')
}

const names = [...new Set(files.map((file) => file.slice(0, file.indexOf('.'))))].toSorted()

/** The same answer twice: `x.json` whole, `x.chunks.txt` streamed. Some have one form only. */
export const answers: readonly AnswerSample[] = names.map((name) => ({
  name,
  operation: 'messages.create',
  ...(files.includes(`${name}.json`) && { whole: textOf(`${name}.json`) }),
  ...(files.includes(`${name}.chunks.txt`) && { chunks: bytesOf(`${name}.chunks.txt`) }),
  ...((name === 'truncated' || name === 'error') && { truncated: true as const }),
}))
