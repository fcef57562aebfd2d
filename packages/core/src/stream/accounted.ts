import type { DecodedFrame } from '../protocol/stream.ts'

/** The strings of a frame that its decoder has accounted for. */
export function accountedIn({ events, claims = [], holes = [] }: DecodedFrame): ReadonlySet<string> {
  const accounted = new Set<string>(claims)
  for (const pointer of holes) accounted.add(pointer)
  for (const event of events) {
    if ('pointer' in event && event.pointer !== undefined) accounted.add(event.pointer)
  }
  return accounted
}
