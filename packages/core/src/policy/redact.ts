import { placeWithin } from '../inspect/place-within.ts'
import { sourceAt } from '../inspect/source-at.ts'
import { leavesTouched, type Touched, type TouchedLeaf } from '../json/inner.ts'
import type { Detection } from '../protocol/finding.ts'
import type { Edit, Place } from '../protocol/place.ts'
import type { TextSegment } from '../protocol/segment.ts'

const replacement = '[REDACTED]'

/**
 * The edits that take a detection's span out of its body; undefined where no legal body would be left: a model's or a
 * tool's name, a member's name, a query parameter, decoded text, or JSON whose structure the span would break. Of a
 * stream the text is judged as in the whole answer, so that the decision is the same; such edits are for no splicing.
 */
export function redactionEdits(detection: Detection, segment: TextSegment | undefined): readonly Edit[] | undefined {
  if (segment === undefined || segment.decoded === true || segment.kind === 'tool-name') return undefined
  const [first] = segment.sources
  if (segment.json === true) return first && cutValue(first.place, segment.text, detection.start, detection.end)
  if (first?.place.frame !== undefined) {
    // What stands at no string of its frame is a name or a note.
    return first.place.pointer === ''
      ? undefined
      : cutOne(first.place, segment, segment.text, detection.start, detection.end)
  }
  const edits: Edit[] = []
  for (let index = sourceAt(segment.sources, detection.start); index < segment.sources.length; index++) {
    const source = segment.sources[index]
    if (source === undefined || source.start >= detection.end) break
    const next = segment.sources[index + 1]?.start ?? segment.text.length
    const start = Math.max(detection.start, source.start) - source.start
    const end = Math.min(detection.end, next) - source.start
    if (start >= end) continue
    const cut = cutOne(source.place, segment, segment.text.slice(source.start, next), start, end)
    if (cut === undefined) return undefined
    // A span over several places is replaced once; what lies in the others goes.
    const first = edits.length === 0
    for (const edit of cut) edits.push(first ? edit : { ...edit, replacement: '' })
  }
  return edits.length === 0 ? undefined : edits
}

type TextEdit = Extract<Edit, { type: 'text' }>

function cutOne(
  place: Place,
  segment: TextSegment,
  text: string,
  start: number,
  end: number,
): readonly TextEdit[] | undefined {
  if (place.key === true || place.query !== undefined) return undefined
  const plain: readonly TextEdit[] = [{ type: 'text', place, start, end, replacement }]
  if (segment.kind !== 'tool-arguments' && segment.kind !== 'tool-result') return plain
  const touched = leavesTouched(text, start, end)
  // Not JSON: any cut is as good as another.
  if (touched === undefined) return plain
  if (!touched.structure) return plain
  const strings = stringsTouched(touched)
  return strings?.map(({ pointer, length }) => ({
    type: 'text',
    place: { ...place, inner: pointer },
    start: 0,
    end: length,
    replacement,
  }))
}

/** The span breaks the JSON that a tool or a model will parse: it widens to the whole of the strings that it touches. */
function stringsTouched({ leaves }: Touched): readonly TouchedLeaf[] | undefined {
  const strings = leaves.filter(({ type }) => type === 'string')
  const other = leaves.some(({ type }) => type === 'number' || type === 'literal')
  return strings.length === 0 || other ? undefined : strings
}

/** Of a value that is spelled out: what the span touches of the strings in it. */
function cutValue(place: Place, text: string, start: number, end: number): readonly TextEdit[] | undefined {
  const touched = leavesTouched(text, start, end)
  if (touched === undefined) return undefined
  return stringsTouched(touched)?.map((leaf) => ({
    type: 'text',
    place: placeWithin(place, leaf.pointer),
    start: touched.structure ? 0 : leaf.start,
    end: touched.structure ? leaf.length : leaf.end,
    replacement,
  }))
}
