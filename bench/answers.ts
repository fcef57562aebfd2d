import { seededRandom } from '../packages/testing/src/split/index.ts'
import { prose } from './prose.ts'

/** How many chunks the streamed answer has, before `[DONE]`. */
export const chunkCount = 200

const identity = {
  id: 'chatcmpl-Bench0000000000000000000000000',
  created: 1_753_000_000,
  model: 'gpt-4o-mini-2024-07-18',
  service_tier: 'default',
  system_fingerprint: 'fp_0123456789',
}

/** What every system must bring back, whole and streamed. */
export const wholeContent: string = prose(900)

export const wholeAnswer: string = JSON.stringify(
  {
    ...identity,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: wholeContent, refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 240, completion_tokens: 180, total_tokens: 420 },
  },
  null,
  2,
)

const words = prose(2000).match(/\s*\S+/g) ?? []
const deltas: readonly string[] = words.slice(0, chunkCount - 2)
export const streamedContent: string = deltas.join('')

const next = seededRandom(200)
/** Like the provider's: random, and of random length, so that frames differ in two places. */
function obfuscation(): string {
  const length = 1 + Math.floor(next() * 14)
  return Array.from(
    { length },
    () => 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[Math.floor(next() * 62)],
  ).join('')
}

function frame(delta: object, finish: string | null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }]
  return `data: ${JSON.stringify({ ...identity, object: 'chat.completion.chunk', choices, obfuscation: obfuscation() })}\n\n`
}

/** One for each write of the upstream; the last is `[DONE]`. */
export const streamFrames: readonly string[] = [
  frame({ role: 'assistant', content: '', refusal: null }, null),
  ...deltas.map((content) => frame({ content }, null)),
  frame({}, 'stop'),
  'data: [DONE]\n\n',
]
