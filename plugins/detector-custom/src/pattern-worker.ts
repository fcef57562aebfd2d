import { parentPort, workerData } from 'node:worker_threads'
import type { PatternEntry } from './options.ts'
import { compilePatterns, matchesOf } from './patterns.ts'

// The other side of `pattern-workers.ts`, which checked the patterns and sends nothing but texts.
const compiled = compilePatterns(workerData as readonly PatternEntry[])
parentPort?.on('message', (text: string) => {
  parentPort?.postMessage(compiled.flatMap((pattern, at) => matchesOf(pattern, at, text)))
})
