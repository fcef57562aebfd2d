import type { ScoredWindow, WorkerSetup } from './messages.ts'
import { OneWorker } from './one-worker.ts'

/** Workers with the model loaded, and the texts that wait for one. A worker that failed is replaced by the next text. */
export class ModelWorkers {
  private readonly setup: WorkerSetup
  private readonly size: number
  private readonly queue: number
  private readonly all = new Set<OneWorker>()
  private readonly idle: OneWorker[] = []
  private readonly waiting: (() => void)[] = []
  private busy = 0
  private closed = false

  constructor(setup: WorkerSetup, { workers, queue }: { readonly workers: number; readonly queue: number }) {
    this.setup = setup
    this.size = workers
    this.queue = queue
  }

  /** Loads all copies. Resolves with the labels of the model; rejects if it cannot be used. */
  async start(): Promise<readonly string[]> {
    const started = Array.from({ length: this.size }, () => this.add())
    const [labels = []] = await Promise.all(started.map(({ ready }) => ready))
    this.idle.push(...started)
    return labels
  }

  /** Rejects when `signal` is aborted, the worker fails, or too many texts are waiting. */
  async classify(text: string, signal: AbortSignal): Promise<readonly ScoredWindow[]> {
    signal.throwIfAborted()
    if (this.closed) throw new Error('the classifier is closed')
    if (this.busy >= this.size) await this.turn(signal)
    this.busy += 1
    const worker = this.idle.pop() ?? this.add()
    const answer = worker.classify(text, signal)
    // The worker is free when it has answered, which may be after the caller has left.
    void answer.then(
      () => this.free(worker),
      () => this.free(worker),
    )
    const { promise: left, reject } = Promise.withResolvers<never>()
    const onAbort = (): void => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    return await Promise.race([answer, left]).finally(() => signal.removeEventListener('abort', onAbort))
  }

  async close(): Promise<void> {
    this.closed = true
    await this.restart()
  }

  /** Ends every worker, whatever it is doing. The next text has a new one. */
  async restart(): Promise<void> {
    await Promise.all([...this.all].map((worker) => worker.end()))
  }

  private add(): OneWorker {
    const worker: OneWorker = new OneWorker(this.setup, () => {
      this.all.delete(worker)
      const at = this.idle.indexOf(worker)
      if (at !== -1) this.idle.splice(at, 1)
    })
    this.all.add(worker)
    return worker
  }

  private free(worker: OneWorker): void {
    this.busy -= 1
    if (this.all.has(worker)) this.idle.push(worker)
    this.waiting.shift()?.()
  }

  private async turn(signal: AbortSignal): Promise<void> {
    if (this.waiting.length >= this.queue) throw new Error(`${this.queue} texts are waiting for the classifier already`)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onAbort = (): void => {
      const at = this.waiting.indexOf(resolve)
      if (at !== -1) this.waiting.splice(at, 1)
      reject(signal.reason)
    }
    this.waiting.push(resolve)
    signal.addEventListener('abort', onAbort, { once: true })
    await promise.finally(() => signal.removeEventListener('abort', onAbort))
  }
}
