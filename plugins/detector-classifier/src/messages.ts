import type { Runtime } from './options.ts'

/** What a worker is started with. */
export interface WorkerSetup {
  /** An absolute path. */
  readonly folder: string
  readonly file: string
  readonly maxTokens: number
  readonly overlapTokens: number
  readonly batch: number
  readonly runtime: Runtime
}

/** A worker has one text at a time. `cancel`: nobody waits for it any more. */
export type ToWorker =
  | { readonly type: 'classify'; readonly id: number; readonly text: string }
  | { readonly type: 'cancel'; readonly id: number }

export type FromWorker =
  | { readonly type: 'ready'; readonly labels: readonly string[] }
  | { readonly type: 'unusable'; readonly reason: string }
  | { readonly type: 'scores'; readonly id: number; readonly windows: readonly ScoredWindow[] }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string }

export interface ScoredWindow {
  /** UTF-16 offsets in the text. */
  readonly start: number
  readonly end: number
  /** 0 to 1, in the order of the model's labels. */
  readonly scores: readonly number[]
}
