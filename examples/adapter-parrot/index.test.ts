import { test } from 'bun:test'
import { testAdapter } from '@sluice/testing'
import adapter from './index.ts'

const context = {
  instance: 'parrot',
  folder: import.meta.dirname,
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: Date.now,
}
const frames = ['{"piece":"Polly "}', '{"piece":"wants "}', '{"piece":"a cracker"}', '{"end":"done"}']

testAdapter(
  () => adapter.create({ baseUrl: 'https://parrot.example/v1', allowInsecure: false }, context),
  {
    requests: { say: { bird: 'polly-2', line: 'a line', stream: true } },
    answers: [
      {
        name: 'a sentence',
        operation: 'say',
        whole: '{"said":"Polly wants a cracker","end":"done"}',
        chunks: new TextEncoder().encode(frames.map((frame) => `data: ${frame}\n\n`).join('')),
      },
    ],
  },
  { test },
)
