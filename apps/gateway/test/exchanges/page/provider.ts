import type { Sendable, UpstreamExchange } from '@sluice/testing'

/** What detectors find: a test number of a card, and an address of a domain that nobody has. */
export const card = '4111 1111 1111 1111'
export const email = 'ada.lovelace@engine-works.com'

const common = { id: 'chatcmpl-1', created: 1700000000, model: 'gpt-4-0613' }

/** A whole chat completion, as the provider writes it. */
export function completion(message: object, finish_reason = 'stop'): object {
  return {
    ...common,
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content: null, ...message }, logprobs: null, finish_reason }],
    usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
  }
}

/** One frame of a streamed chat completion. */
export function chunk(delta: object, finish_reason: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason }]
  return `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices })}\n\n`
}

export const done = 'data: [DONE]\n\n'

/** A prompt of one message. */
export function prompt(content: string): { model: string; messages: [{ role: 'user'; content: string }] } {
  return { model: 'gpt-4', messages: [{ role: 'user', content }] }
}

/** A stream that the test lets go on, piece by piece: a piece is sent when the one before has been seen. */
export class PacedStream {
  private readonly pieces: readonly Sendable[]
  private readonly seen: (() => void)[] = []
  private readonly waits: Promise<void>[]

  constructor(pieces: readonly Sendable[]) {
    this.pieces = pieces
    this.waits = pieces.map(() => new Promise((resolve) => this.seen.push(resolve)))
  }

  /** Says that the client has got the piece of that number: the next may go. */
  saw(number: number): void {
    this.seen[number]?.()
  }

  readonly respond = async (exchange: UpstreamExchange): Promise<void> => {
    await exchange.head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' })
    for (const [number, piece] of this.pieces.entries()) {
      await exchange.chunk(piece)
      await this.waits[number]
    }
  }
}
