import type { Responder } from '@sluice/testing'

/**
 * A stream that is cut off when what it said has surely been read: Bun's `fetch` drops the bytes that come in one turn
 * with the break (measured: 198 of 200 times), and nobody behind it can know them.
 */
export function endsLate(text: string, end: 'cut' | 'reset'): Responder {
  return async (exchange) => {
    await exchange.head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' })
    await exchange.chunk(text)
    await exchange.pause(40)
    exchange[end]()
  }
}
