import { Worker } from 'node:worker_threads'
import type { FromWorker, ScoredWindow, ToWorker, WorkerSetup } from './messages.ts'

/** Milliseconds that a worker has to come to the end of a batch nobody waits for, before it is ended. */
const patience = 10_000

/** One copy of the model in a thread of its own. It reads one text at a time. */
export class OneWorker {
  /** The model's labels. Rejects if it cannot be loaded. */
  readonly ready: Promise<readonly string[]>
  private readonly worker: Worker
  private readonly onEnd: () => void
  private pending: { readonly id: number; settle(message: FromWorker | Error): void } | undefined
  private last = 0

  /** `onEnd`: it has failed or been ended, and answers no more. */
  constructor(setup: WorkerSetup, onEnd: () => void) {
    // Beside this file, as it was built or as it was written.
    const name = import.meta.url.endsWith('.ts') ? './model-worker.ts' : './model-worker.js'
    this.worker = new Worker(new URL(name, import.meta.url), { workerData: setup })
    this.onEnd = onEnd
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
    this.ready = promise
    // Whoever waits for it sees the rejection; of one that is started later, the first text does.
    promise.catch(() => undefined)
    this.worker.on('message', (message: FromWorker) => {
      if (message.type === 'ready') resolve(message.labels)
      else if (message.type === 'unusable') reject(new Error(message.reason))
      else if (message.id === this.pending?.id) this.pending.settle(message)
    })
    const ended = (error: Error): void => {
      reject(error)
      this.pending?.settle(error)
      this.onEnd()
    }
    this.worker.on('error', (error) => ended(error instanceof Error ? error : new Error('the worker failed')))
    this.worker.on('exit', () => ended(new Error('the worker ended')))
  }

  /** Settles once the worker is free again, also when nobody waits for the answer any more. Rejects if it failed. */
  async classify(text: string, signal: AbortSignal): Promise<readonly ScoredWindow[]> {
    await this.ready
    this.last += 1
    const id = this.last
    const { promise, resolve, reject } = Promise.withResolvers<readonly ScoredWindow[]>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const onAbort = (): void => {
      this.send({ type: 'cancel', id })
      timer = setTimeout(() => void this.end(), patience)
    }
    this.pending = {
      id,
      settle(message) {
        if (message instanceof Error) reject(message)
        else if (message.type === 'scores') resolve(message.windows)
        else reject(new Error(message.type === 'failed' ? message.reason : 'the worker has no answer'))
      },
    }
    signal.addEventListener('abort', onAbort, { once: true })
    this.send({ type: 'classify', id, text })
    if (signal.aborted) onAbort()
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      this.pending = undefined
    }
  }

  async end(): Promise<void> {
    await this.worker.terminate()
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message)
  }
}
