import type { JsonObject, MaybePromise } from '@sluice/core'

/** What an adapter is held to. The kit has no idea of its own of what a provider's bodies hold. */
export interface AdapterSamples {
  /**
   * By the name of the operation, one request with everything that it may hold. Every operation whose body is JSON must
   * have one, with text in it.
   */
  readonly requests: { readonly [operation: string]: JsonObject }
  /** Every operation over HTTP that generates must have one. */
  readonly answers: readonly AnswerSample[]
}

/** One answer. Where it can be streamed too: the very same, so that both must be read to the same view. */
export interface AnswerSample {
  readonly name: string
  /** The operation's name. */
  readonly operation: string
  /** The body. Absent: there is no whole answer like this. */
  readonly whole?: string
  /** The bytes of the stream, as recorded. */
  readonly chunks?: Uint8Array
  /** The stream ends before the provider said so. */
  readonly truncated?: true
  /** Pointers into whole answers or frames, at which random padding stands that is passed by. */
  readonly padding?: readonly string[]
}

export interface AdapterTestOptions {
  /** The test function of the runner: `test` of `bun:test`, `Deno.test`, `test` of `node:test`. */
  readonly test: (name: string, run: () => MaybePromise<void>) => void
}
