import { parentPort, workerData } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerSetup } from './messages.ts'
import { loadModel, type Model } from './model.ts'

// The other side of `model-workers.ts`, which sends nothing else.
const setup = workerData as WorkerSetup
const cancelled = new Set<number>()
const loading = loadModel(setup)

function tell(message: FromWorker): void {
  parentPort?.postMessage(message)
}

async function classify(model: Model, id: number, text: string): Promise<void> {
  const isWanted = async (): Promise<boolean> => {
    // Messages are read between two turns of the loop.
    await new Promise((resume) => setTimeout(resume, 0))
    return !cancelled.has(id)
  }
  try {
    tell({ type: 'scores', id, windows: await model.classify(text, isWanted) })
  } catch (error) {
    tell({ type: 'failed', id, reason: reasonOf(error) })
  } finally {
    cancelled.delete(id)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'cancel') cancelled.add(message.id)
  else void loading.then((model) => classify(model, message.id, message.text))
})
loading.then(
  ({ labels }) => tell({ type: 'ready', labels }),
  (error: unknown) => tell({ type: 'unusable', reason: reasonOf(error) }),
)
