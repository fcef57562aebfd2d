import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { PatternEntry } from './options.ts'
import type { Match } from './patterns.ts'

/** Texts that are looked through at once: one processor is the gateway's. Others wait, against their own deadline. */
const maxWorkers = Math.max(1, Math.min(4, availableParallelism() - 1))
/** Workers that are kept for the next text. Each holds the programs of all patterns. */
const maxIdle = 1

/**
 * Looks for the patterns outside the gateway's thread, where a long text would keep every other request waiting: linear time
 * is still a second for some megabytes. A call that is given up ends its worker, whatever that is doing.
 */
export class PatternWorkers {
  private readonly entries: readonly PatternEntry[]
  private readonly idle: Worker[] = []
  private readonly waiting: (() => void)[] = []
  private busy = 0
  private closed = false

  constructor(entries: readonly PatternEntry[]) {
    this.entries = entries
  }

  /** Rejects when `signal` is aborted, or the worker fails. */
  async matches(text: string, signal: AbortSignal): Promise<readonly Match[]> {
    signal.throwIfAborted()
    if (this.busy >= maxWorkers) await this.turn(signal)
    this.busy += 1
    try {
      return await this.ask(this.idle.pop() ?? this.start(), text, signal)
    } finally {
      this.busy -= 1
      this.waiting.shift()?.()
    }
  }

  async close(): Promise<void> {
    this.closed = true
    await Promise.all(this.idle.splice(0).map((worker) => worker.terminate()))
  }

  private start(): Worker {
    // Beside this file, as it was built or as it was written.
    const name = import.meta.url.endsWith('.ts') ? './pattern-worker.ts' : './pattern-worker.js'
    return new Worker(new URL(name, import.meta.url), { workerData: this.entries })
  }

  private async ask(worker: Worker, text: string, signal: AbortSignal): Promise<readonly Match[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly Match[]>()
    const onAbort = (): void => reject(signal.reason)
    const onError = (error: unknown): void => reject(error)
    const onExit = (): void => reject(new Error('the worker ended'))
    worker.once('message', resolve)
    worker.once('error', onError)
    worker.once('exit', onExit)
    signal.addEventListener('abort', onAbort)
    worker.ref()
    try {
      worker.postMessage(text)
      const matches = await promise
      worker.off('error', onError)
      worker.off('exit', onExit)
      worker.unref()
      if (this.closed || this.idle.length >= maxIdle) void worker.terminate()
      else this.idle.push(worker)
      return matches
    } catch (error) {
      void worker.terminate()
      throw error
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  private async turn(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onAbort = (): void => {
      this.waiting.splice(this.waiting.indexOf(resolve), 1)
      reject(signal.reason)
    }
    this.waiting.push(resolve)
    signal.addEventListener('abort', onAbort, { once: true })
    await promise.finally(() => signal.removeEventListener('abort', onAbort))
  }
}
