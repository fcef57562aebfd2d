import type { HeaderList, Sendable } from '@sluice/testing'

/** A request as it is sent. */
export interface Message {
  /** Default POST. */
  readonly method?: string
  /** Default: chat. */
  readonly path?: string
  /** After the keys; `content-type: application/json` unless named here. */
  readonly headers?: HeaderList
  readonly body?: Sendable
  /** What must go upstream, where that is not the body as it came. */
  readonly forwarded?: Sendable
  /** A header that must go upstream. */
  readonly carries?: readonly [name: string, value: string]
  /** All that follows the keys on the wire, in place of headers and body: where the framing itself is the case. */
  readonly wire?: string
}

export type Outcome =
  /** Read as the provider will read it: a rule finds the words, and what goes up is what was read. */
  | { readonly type: 'inspected' }
  /** Refused by the gateway with this text. */
  | { readonly type: 'refused'; readonly status: 400 | 401 | 413 | 415; readonly says: string }
  /** Answered by the runtime, which calls nobody: a status, or the connection is closed without one. */
  | { readonly type: 'runtime'; readonly answer: number | 'closed' }

export interface EncodingCase {
  /** As docs/encodings.md has it. */
  readonly what: string
  /** The request that says these words. Words are ASCII and need no escape anywhere. */
  readonly message: (words: string) => Message
  readonly outcome: Outcome
  /** Where it differs from Bun. */
  readonly onDeno?: Outcome
}

export interface Section {
  /** Heading on the page. */
  readonly title: string
  /** Name of its tests: the number in PITFALLS and the failure, or the law. */
  readonly failure: string
  readonly cases: readonly EncodingCase[]
}

export const inspected: Outcome = { type: 'inspected' }

export function refused(status: 400 | 401 | 413 | 415, says: string): Outcome {
  return { type: 'refused', status, says }
}

export function byRuntime(answer: number | 'closed'): Outcome {
  return { type: 'runtime', answer }
}

/** A request for chat, whose prompt these words are: a JSON text. */
export function chatOf(words: string): string {
  return `{"model":"m","messages":[{"role":"user","content":"${words}"}]}`
}
