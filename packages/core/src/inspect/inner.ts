import { stringEnd } from '../json/string-end.ts'
import { rawOffsets } from '../json/strings.ts'
import type { Finding } from '../protocol/finding.ts'
import type { TextSegment } from '../protocol/segment.ts'

/** Another reading of a segment's text, or of a piece of it. */
export interface InnerLeaf {
  readonly segment: TextSegment
  /** The same findings with the offsets they have in the outer text. */
  toOuter(findings: readonly Finding[]): readonly Finding[]
}

const none: readonly InnerLeaf[] = []
const container = /^\s*[{[]/

/** All that a segment's text may come to for another reader, besides what it says as it stands. */
export function innerLeaves(outer: TextSegment): readonly InnerLeaf[] {
  const leaves = quotedLeaves(outer)
  if (outer.text.isWellFormed() && leaves.every(({ segment }) => segment.text.isWellFormed())) return leaves
  const itself: InnerLeaf = { segment: outer, toOuter: (findings) => findings }
  return [...leaves, ...[itself, ...leaves].flatMap(withoutHalves)]
}

/** What half a surrogate pair is left of when the pair is cut: no character. */
const half = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * The text less its halves of surrogate pairs. Some readers keep them or put U+FFFD there, which the text as it stands
 * is like; some drop them, and what stood on both sides is one word.
 */
function withoutHalves({ segment, toOuter }: InnerLeaf): readonly InnerLeaf[] {
  if (segment.text.isWellFormed()) return []
  const text = segment.text.replaceAll(half, '')
  // In most texts nothing is found, and a text may be halves throughout.
  const placed = (findings: readonly Finding[]): readonly Finding[] => {
    return findings.length === 0 ? findings : toOuter(shifted(findings, offsetsOf(half, segment.text)))
  }
  return [{ segment: { ...segment, text, decoded: true }, toOuter: placed }]
}

function offsetsOf(pattern: RegExp, text: string): readonly number[] {
  const offsets: number[] = []
  for (const { index } of text.matchAll(pattern)) offsets.push(index)
  return offsets
}

/** Findings in a text without the units at these offsets, as they stand in the text with them. */
function shifted(findings: readonly Finding[], gone: readonly number[]): readonly Finding[] {
  // How many were dropped before an offset: the n-th of them left n fewer units before what follows it.
  const dropped = (offset: number): number => {
    let low = 0
    let high = gone.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((gone[middle] ?? 0) - middle <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
  return findings.map((finding) => {
    const { start, end } = finding
    return { ...finding, start: start + dropped(start), end: end + (end === 0 ? 0 : dropped(end - 1)) }
  })
}

/**
 * The strings inside a text that is itself JSON: `"\u0041KIA…"` hides from a scan of the raw text. Read quote by quote,
 * so that a member given twice, a name, and what stands in JSON that is cut short are read too. Empty when the text
 * begins like no JSON object or list, or is no arguments or result of a tool.
 */
function quotedLeaves(outer: TextSegment): readonly InnerLeaf[] {
  const { kind, text } = outer
  if ((kind !== 'tool-arguments' && kind !== 'tool-result') || !container.test(text)) return none
  const leaves: InnerLeaf[] = []
  for (let open = text.indexOf('"'); open !== -1; ) {
    const close = stringEnd(text, open)
    const content = text.slice(open + 1, close === -1 ? text.length : close)
    const decoded = content.includes('\\') ? unescaped(content) : isName(text, close) ? '' : content
    if (decoded !== '') leaves.push(leafOf(outer, decoded, content, open + 1))
    open = close === -1 ? -1 : text.indexOf('"', close + 1)
  }
  return leaves
}

/** A name without escapes has been read with the raw text. */
function isName(text: string, close: number): boolean {
  let next = close + 1
  while (text.charCodeAt(next) <= 32) next++
  return close !== -1 && text.charCodeAt(next) === 58
}

function leafOf(outer: TextSegment, text: string, content: string, start: number): InnerLeaf {
  return {
    segment: { ...outer, text, decoded: true },
    toOuter: (findings) => {
      // Content without escapes is as long as what it stands for.
      const raw = text.length === content.length ? undefined : rawByOffset(content, findings)
      return findings.map((finding) => ({
        ...finding,
        start: start + (raw?.get(finding.start) ?? finding.start),
        end: start + (raw?.get(finding.end) ?? finding.end),
      }))
    },
  }
}

/** One pass over the content for all findings. */
function rawByOffset(content: string, findings: readonly Finding[]): ReadonlyMap<number, number> {
  const offsets = [...new Set(findings.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b)
  const raw = rawOffsets(content, offsets)
  return new Map(offsets.map((offset, index) => [offset, raw[index] ?? offset]))
}

/** What the content of a string literal stands for, less an escape that was cut off; `''` where it is none. */
function unescaped(content: string): string {
  for (const whole of [content, content.replace(/\\(?:u[0-9a-fA-F]{0,3})?$/, '')]) {
    try {
      // A JSON string literal parses to a string.
      return JSON.parse(`"${whole}"`) as string
    } catch {}
  }
  return ''
}
