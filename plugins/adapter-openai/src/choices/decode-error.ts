import type { JsonObject, WireFrame } from '@sluice/core'
import { asString } from '../json/read.ts'
import type { FrameEvents } from './frame-events.ts'
import { errorOf } from './read-error.ts'

/** An error in the stream: an object under `error`, or an event of that name. */
export function decodeError(events: FrameEvents, root: JsonObject, frame: WireFrame): void {
  const message = frame.event === 'error' ? asString(root['message']) : undefined
  const error = errorOf(root) ?? (message === undefined ? undefined : { message, pointer: '/message' as const })
  if (!error) return
  events.push({ type: 'upstream-error', message: error.message })
  events.appendWhole({ block: 'error', choice: 0, kind: 'error' }, error.message, error.pointer)
}
