import { inspect } from '../inspect/inspection.ts'
import type { Direction, TextSegment } from '../protocol/segment.ts'
import type { BodyView } from '../protocol/view.ts'
import type { Exchange } from './exchange.ts'

const maxNameChars = 128

/**
 * Reads the names that will be on record although what they stood in was not inspected: a model that is refused, tools
 * that are removed. What a detector finds in one, or cannot read, is kept as a fingerprint. Leaves no detection.
 */
export function vetNames(exchange: Exchange): Promise<void> {
  const { draft } = exchange
  return vet(exchange, 'ingress', [draft.model ?? '', ...draft.toolsRemoved.map(({ name }) => name)])
}

/** The same for calls: adapters pass by what looks like the provider's own id. */
export async function vetCallIds(exchange: Exchange, { toolCalls }: BodyView): Promise<void> {
  if (toolCalls.length === 0) return
  await vet(
    exchange,
    'egress',
    toolCalls.map(({ callId }) => callId),
  )
}

async function vet(exchange: Exchange, direction: Direction, told: readonly string[]): Promise<void> {
  const { draft, ready } = exchange
  const all = [...new Set(told)]
  // Longer ones are kept as fingerprints whatever they hold.
  const names = all.filter((name) => name !== '' && name.length <= maxNameChars)
  if (names.length === 0 || ready.app.detectors.length === 0) return
  const hide = (): void => {
    for (const name of names) draft.names.flag(name)
  }
  // A detector that has failed in this exchange is not asked again.
  if (draft.faults.length > 0) return hide()
  const segment = Object.freeze<TextSegment>({
    id: 'names',
    direction,
    kind: 'other',
    trust: direction === 'ingress' ? 'user' : 'model',
    text: names.join('\n'),
    sources: [{ place: { pointer: '' }, start: 0 }],
  })
  const { detections, faults, refused, overLimit } = await inspect([segment], [], exchange.inspection(direction))
  if (faults.length > 0 || refused || overLimit !== undefined) return hide()
  for (const { start, end } of detections) {
    for (const part of segment.text.slice(start, end).split('\n')) draft.names.flag(part)
  }
}
