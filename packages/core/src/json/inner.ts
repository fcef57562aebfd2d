import type { JsonPointer } from '../protocol/json.ts'
import { pointerOf } from './pointer.ts'
import { decodeLiteral, scanJson } from './scan.ts'
import { decodedOffsets, rawOffsets } from './strings.ts'

/** A leaf, or a member's name, that a raw stretch of JSON text reaches into. */
export interface TouchedLeaf {
  readonly pointer: JsonPointer
  readonly type: 'string' | 'number' | 'literal' | 'key'
  /** What is touched of the decoded string, escapes and surrogate pairs whole; of other types the raw length. */
  readonly start: number
  readonly end: number
  /** Length of all of it, in the same units. */
  readonly length: number
}

export interface Touched {
  readonly leaves: readonly TouchedLeaf[]
  /** More than the content of string values is touched: quotes, brackets, commas, names, numbers, spacing. */
  readonly structure: boolean
}

/** What the raw stretch from `start` to `end` touches of a JSON text; undefined if the text is no JSON. */
export function leavesTouched(innerText: string, start: number, end: number): Touched | undefined {
  const leaves: TouchedLeaf[] = []
  let covered = 0
  const path: (string | number)[] = []
  const touches = (from: number, to: number): boolean => from < end && to > start
  const step = (): void => {
    const last = path.at(-1)
    if (typeof last === 'number') path[path.length - 1] = last + 1
  }
  const fault = scanJson(innerText, {
    open: (_at, type) => {
      step()
      path.push(type === 'array' ? -1 : '')
    },
    close: () => path.pop(),
    key: (from, to) => {
      const name = decodeLiteral(innerText, from, to)
      path[path.length - 1] = name
      if (touches(from, to))
        leaves.push({ pointer: pointerOf(path), type: 'key', start: 0, end: name.length, length: name.length })
    },
    scalar: (from, to, type) => {
      step()
      if (!touches(from, to)) return
      const pointer = pointerOf(path)
      if (type !== 'string') {
        leaves.push({ pointer, type, start: 0, end: to - from, length: to - from })
        return
      }
      const rawStart = Math.max(start, from + 1)
      const rawEnd = Math.min(end, to - 1)
      covered += Math.max(0, rawEnd - rawStart)
      leaves.push({ pointer, type, ...touchedUnits(innerText, from, to, rawStart - from - 1, rawEnd - from - 1) })
    },
  })
  return fault === undefined ? { leaves, structure: covered < end - start } : undefined
}

function touchedUnits(
  text: string,
  from: number,
  to: number,
  rawStart: number,
  rawEnd: number,
): { start: number; end: number; length: number } {
  const decoded = decodeLiteral(text, from, to)
  const content = text.slice(from + 1, to - 1)
  let [start = 0, end = 0] = decodedOffsets(content, [rawStart, rawEnd])
  // An offset within an escape went to its start: for the end, the escape is taken in whole.
  const [back = 0] = rawOffsets(content, [end])
  if (back < rawEnd) end++
  if (splitsPair(decoded, start)) start--
  if (splitsPair(decoded, end)) end++
  return { start, end: Math.max(start, end), length: decoded.length }
}

function splitsPair(text: string, offset: number): boolean {
  // A code point beyond U+FFFF begins one unit earlier.
  return offset > 0 && offset < text.length && (text.codePointAt(offset - 1) ?? 0) > 0xffff
}
