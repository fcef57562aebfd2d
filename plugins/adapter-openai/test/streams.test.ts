import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import type { Body, Operation } from '@sluice/core'
import { everySplit } from '@sluice/testing'
import { audioTranscriptions } from '../src/operations/audio-transcriptions.ts'
import { chatCompletions } from '../src/operations/chat-completions.ts'
import { completions } from '../src/operations/completions.ts'
import { readStream, verdictOf } from './core-stream.ts'

const FOLDER = new URL('../fixtures/', import.meta.url)
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))

function operationOf(name: string): Operation {
  if (name.startsWith('completion')) return completions
  return name.startsWith('transcription') ? audioTranscriptions : chatCompletions
}

function readWhole(name: string): Body {
  const text = readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')
  return { type: 'json', text, value: JSON.parse(text) }
}

describe('a stream is read as the whole answer is, however it is cut', () => {
  for (const name of names) {
    test(name, () => {
      const operation = operationOf(name)
      const bytes = new Uint8Array(readFileSync(new URL(`${name}.chunks.txt`, FOLDER)))
      const request = operation.readRequest({ type: 'none' })
      const whole = verdictOf(operation.readResponse(readWhole(name), { status: 200, request }))
      for (const { name: cut, pieces } of everySplit(bytes, { singleCuts: 200, random: 4 })) {
        const reading = readStream(operation, pieces)
        // Nothing is left over for the core to find: every string of these frames has a reading.
        expect({ cut, ...verdictOf(reading.view) }).toEqual({ cut, ...whole })
        expect(reading.ended).toBe(name !== 'truncated')
        expect(reading.malformedFrames).toBe(0)
      }
      expect(verdictOf(readStream(operation, [bytes], false).view)).toEqual(
        verdictOf(readStream(operation, [bytes]).view),
      )
    })
  }
})

test('an error in mid-stream is told, and what came before it is kept', () => {
  const bytes = new Uint8Array(readFileSync(new URL('error.chunks.txt', FOLDER)))
  const { view } = readStream(chatCompletions, [bytes])
  expect(view.upstreamError).toBe('The server had an error while processing your request.')
  expect(view.texts.map(({ kind, text }) => [kind, text])).toEqual([
    ['assistant', 'Half an'],
    ['other', 'server_error'],
    ['error', 'The server had an error while processing your request.'],
  ])
})
