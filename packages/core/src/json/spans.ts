/** A stretch of a text and what stands there afterwards. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly replacement: string
}

/**
 * In order and apart: spans that overlap become one over both, with the replacement of the first. Insertions at one
 * place keep their order.
 */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1)
    if (last === undefined || span.start >= last.end) merged.push(span)
    else merged[merged.length - 1] = { ...last, end: Math.max(last.end, span.end) }
  }
  return merged
}

/** `spans` in order and apart. What lies outside them is copied as it is. */
export function applySpans(text: string, spans: readonly Span[]): string {
  let result = ''
  let at = 0
  for (const span of spans) {
    result += text.slice(at, span.start) + span.replacement
    at = span.end
  }
  return result + text.slice(at)
}
