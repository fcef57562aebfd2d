import { Turns } from '../inspect/turns.ts'
import type { Exchange } from './exchange.ts'

/** Between the pieces of a long work: lets others go first. What it gives answers false where nobody waits any more. */
export function pause({ runtime, life }: Exchange): () => Promise<boolean> {
  const turns = new Turns(runtime.host.clock, Number.POSITIVE_INFINITY, life.signal)
  return async () => {
    await turns.rest()
    return !turns.left
  }
}
