import type { AuditEvent, StoreInstance } from '@sluice/core'
import { type CommandContext, openConfig } from './context.ts'
import { eventLine } from './event-line.ts'
import { openStoreOf } from './open-store.ts'
import { jsonLine } from './output.ts'

export interface AuditOptions {
  readonly config?: string
  readonly json?: boolean
  readonly follow?: boolean
  /** Only the newest so many. */
  readonly limit?: number
}

/** How often new events are looked for: an event shows within 250 ms of its exchange's end. */
const pollMs = 75

/** The record, oldest first. `signal`: ends following. */
export async function audit(options: AuditOptions, context: CommandContext, signal: AbortSignal): Promise<number> {
  const source = await openConfig(options.config, context)
  const store = await openStoreOf(source, context, 'read-only')
  const line = options.json === true ? jsonLine : eventLine
  try {
    for await (const events of batches(store.instance, options, signal)) {
      // Nobody reads any more (`sluice audit | head`): that is no failure.
      if (!(await context.output.write(events.map(line).join('')))) return 0
    }
    return 0
  } finally {
    await store.release()
  }
}

async function* batches(
  { audit: record }: StoreInstance,
  { limit, follow }: AuditOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly AuditEvent[]> {
  let after: number | undefined
  let range: Parameters<StoreInstance['audit']['read']>[0] = limit === undefined ? {} : { last: limit }
  while (!signal.aborted) {
    const found = await record.read(range)
    after = found.at(-1)?.cursor ?? after
    range = after === undefined ? {} : { after }
    if (found.length > 0) yield found.map(({ event }) => event)
    else if (follow !== true) return
    else await pause(signal)
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, pollMs)
    signal.addEventListener('abort', done)
  })
}
