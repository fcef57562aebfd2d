import type { MaybePromise } from '../protocol/json.ts'

/**
 * Whether an answer has to be waited for. What is there is used at once: waiting for it all the same costs a turn of the
 * queue at each step of each exchange. Not `instanceof`: a store may answer with any thenable.
 */
export function isPending<T>(answer: MaybePromise<T>): answer is Promise<T> {
  return typeof answer === 'object' && answer !== null && 'then' in answer
}
