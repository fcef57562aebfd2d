import { innerRawSpan } from '../json/inner.ts'
import { stringLeaves } from '../json/leaves.ts'
import type { Finding } from '../protocol/finding.ts'
import type { Json, JsonPointer } from '../protocol/json.ts'
import type { TextSegment } from '../protocol/segment.ts'

export interface InnerLeaf {
  readonly segment: TextSegment
  /** The same findings with the offsets they have in the outer text. */
  toOuter(findings: readonly Finding[]): readonly Finding[]
}

/**
 * The strings inside a text that is itself JSON (tool arguments, tool results): `"\u0041KIA…"` hides from a scan of the
 * raw text. Empty when the text is not a JSON object or list.
 */
export function innerLeaves(outer: TextSegment): readonly InnerLeaf[] {
  const first = outer.text.trimStart()[0]
  if (first !== '{' && first !== '[') return []
  let value: Json
  try {
    value = JSON.parse(outer.text)
  } catch {
    return []
  }
  const leaves: InnerLeaf[] = []
  stringLeaves(value, undefined, (text, pointer) => {
    if (text !== '') leaves.push(leafOf(outer, text, pointer()))
  })
  return leaves
}

function leafOf(outer: TextSegment, text: string, pointer: JsonPointer): InnerLeaf {
  return {
    segment: { ...outer, text, sources: [{ place: { pointer: '', inner: pointer }, start: 0 }] },
    toOuter: (findings) =>
      findings.map((finding) => {
        const span = innerRawSpan(outer.text, pointer, finding.start, finding.end)
        // The leaf was read from this very text, so its span is there; the whole text is the safe answer if not.
        return { ...finding, start: span?.start ?? 0, end: span?.end ?? outer.text.length }
      }),
  }
}
