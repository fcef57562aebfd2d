import { readdirSync, readFileSync } from 'node:fs'
import type { JsonBody, Operation } from '@sluice/core'
import { audioTranscriptions } from '../src/operations/audio.ts'
import { chatCompletions } from '../src/operations/chat-completions.ts'
import { completions } from '../src/operations/completions.ts'
import { responsesCreate } from '../src/operations/responses.ts'

const FOLDER = new URL('../fixtures/', import.meta.url)

/** The same answer twice: `x.json` whole, `x.chunks.txt` streamed. */
export const pairs: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
  .sort()

export function operationOf(name: string): Operation {
  if (name.startsWith('completion')) return completions
  if (name.startsWith('responses')) return responsesCreate
  return name.startsWith('transcription') ? audioTranscriptions : chatCompletions
}

export function wholeOf(name: string): JsonBody {
  const text = readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')
  return { type: 'json', text, value: JSON.parse(text) }
}

export function chunksOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${name}.chunks.txt`, FOLDER)))
}
