import { stringEnd } from '../json/string-end.ts'
import { rawOffsets } from '../json/strings.ts'
import type { Finding } from '../protocol/finding.ts'
import type { TextSegment } from '../protocol/segment.ts'

export interface InnerLeaf {
  readonly segment: TextSegment
  /** The same findings with the offsets they have in the outer text. */
  toOuter(findings: readonly Finding[]): readonly Finding[]
}

const none: readonly InnerLeaf[] = []
const container = /^\s*[{[]/

/**
 * The strings inside a text that is itself JSON: `"\u0041KIA…"` hides from a scan of the raw text. Read quote by quote,
 * so that a member given twice, a name, and what stands in JSON that is cut short are read too. Empty when the text
 * begins like no JSON object or list, or is no arguments or result of a tool.
 */
export function innerLeaves(outer: TextSegment): readonly InnerLeaf[] {
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
