import { inspect } from '../inspect/inspection.ts'
import type { TextSegment } from '../protocol/segment.ts'
import type { Exchange } from './exchange.ts'

const maxNameChars = 128

/**
 * Reads the names that will be on record although what they stood in was not inspected: a model that is refused, tools
 * that are removed. What a detector finds in one, or cannot read, is kept as a fingerprint. Leaves no detection.
 */
export async function vetNames(exchange: Exchange): Promise<void> {
  const { draft, ready } = exchange
  const all = [...new Set([draft.model ?? '', ...draft.toolsRemoved.map(({ name }) => name)])]
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
    direction: 'ingress',
    kind: 'other',
    trust: 'user',
    text: names.join('\n'),
    sources: [{ place: { pointer: '' }, start: 0 }],
  })
  const { detections, faults, refused, overLimit } = await inspect([segment], [], exchange.inspection('ingress'))
  if (faults.length > 0 || refused || overLimit) return hide()
  for (const { start, end } of detections) {
    for (const part of segment.text.slice(start, end).split('\n')) draft.names.flag(part)
  }
}
