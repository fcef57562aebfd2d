import { prose } from './prose.ts'

export interface Case {
  readonly id: string
  readonly title: string
  readonly streamed: boolean
  /** Sent to `/v1/chat/completions`. */
  readonly body: string
  /** Ids of the systems it is measured with. Absent: all. */
  readonly systems?: readonly string[]
}

const KB = 1024

function chat(model: string, promptBytes: number, stream: boolean): string {
  const messages = [
    { role: 'system', content: 'You are a careful assistant for the logistics desk. Answer in plain English.' },
    { role: 'user', content: prose(promptBytes) },
  ]
  return JSON.stringify({ model, messages, temperature: 0.2, ...(stream ? { stream } : {}) })
}

export const cases: readonly Case[] = [
  { id: 'whole-1k', title: 'whole, 1 KB prompt', streamed: false, body: chat('gpt-4o-mini', KB, false) },
  { id: 'whole-20k', title: 'whole, 20 KB prompt', streamed: false, body: chat('gpt-4o-mini', 20 * KB, false) },
  { id: 'stream', title: 'streamed, 200 chunks', streamed: true, body: chat('gpt-4o-mini', 300, true) },
  {
    id: 'growth-5k',
    title: 'whole, 5 KB prompt',
    streamed: false,
    body: chat('gpt-4o-mini', 5 * KB, false),
    systems: ['d'],
  },
  {
    id: 'growth-100k',
    title: 'whole, 100 KB prompt',
    streamed: false,
    body: chat('gpt-4o-mini', 100 * KB, false),
    systems: ['d'],
  },
]

/** The upstream sends one chunk for this model and then holds the stream. */
export const heldModel = 'held-stream'
export const heldBody: string = chat(heldModel, 300, true)
