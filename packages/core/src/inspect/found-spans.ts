import type { Finding } from '../protocol/finding.ts'
import type { TextSegment } from '../protocol/segment.ts'
import { sourceAt } from './source-at.ts'

interface Span {
  readonly start: number
  readonly end: number
}

/**
 * What was found in texts that are read a second time: parts of a group joined, tool arguments string by string, a text
 * without its halves of surrogate pairs. What was found the first time is not found again.
 */
export class FoundSpans {
  /** Made when something is found: in most texts nothing is. */
  private spans: Map<string, Span[]> | undefined

  note(detector: string, segment: TextSegment, finding: Finding): void {
    this.add(`${detector} ${finding.type} ${segment.id}`, finding)
    if (segment.group === undefined) return
    const { key, span } = partOf(detector, segment, finding)
    this.add(key, span)
  }

  /** Found in this very segment. */
  inText(detector: string, segment: TextSegment, finding: Finding): boolean {
    return overlaps(this.spans?.get(`${detector} ${finding.type} ${segment.id}`), finding)
  }

  /** Found in the one text of a joined segment that holds all of it. */
  inPart(detector: string, segment: TextSegment, finding: Finding): boolean {
    const { key, span, whole } = partOf(detector, segment, finding)
    return whole && overlaps(this.spans?.get(key), span)
  }

  private add(key: string, { start, end }: Span): void {
    this.spans ??= new Map()
    const spans = this.spans.get(key)
    if (spans === undefined) this.spans.set(key, [{ start, end }])
    else spans.push({ start, end })
  }
}

/** Detectors report in order of `start`: the last span that begins before the end is the one that can reach in. */
function overlaps(spans: readonly Span[] | undefined, { start, end }: Span): boolean {
  if (spans === undefined) return false
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.start ?? 0) < end) low = middle + 1
    else high = middle
  }
  return (spans[low - 1]?.end ?? 0) > start
}

const noParts: NonNullable<TextSegment['parts']> = []

/** Where a finding stands in the source that it begins in, by offsets from there. `whole`: it ends in the same text. */
function partOf(
  detector: string,
  { sources, parts = noParts }: TextSegment,
  { type, start, end }: Finding,
): { readonly key: string; readonly span: Span; readonly whole: boolean } {
  const index = sourceAt(sources, start)
  const from = sources[index]?.start ?? 0
  const key = `${detector} ${type} ${JSON.stringify(sources[index]?.place)}`
  return {
    key,
    span: { start: start - from, end: end - from },
    whole: (parts[sourceAt(parts, start) + 1]?.start ?? end) >= end,
  }
}
