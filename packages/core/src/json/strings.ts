/** The content of a JSON string literal for `text`, without the quotes. Lone surrogates are escaped. */
export function escapeJsonString(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** An offset of a string that is whole: in range, and not between the halves of a surrogate pair. */
export function isWholeOffset(text: string, offset: number): boolean {
  if (!Number.isInteger(offset) || offset < 0 || offset > text.length) return false
  return !isHigh(text.charCodeAt(offset - 1)) || !isLow(text.charCodeAt(offset))
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

/**
 * Offsets into the raw content of a string literal (without quotes), for offsets of the decoded string. Both in UTF-16
 * units, counted from the content's start; `offsets` ascending and within the decoded length. Source: RFC 8259, 7.
 */
export function rawOffsets(content: string, offsets: readonly number[]): number[] {
  const raw: number[] = []
  let slash = content.indexOf('\\')
  // Up to `at`, the raw text is `shift` units longer than the decoded one.
  let shift = 0
  for (const offset of offsets) {
    while (slash !== -1 && slash < offset + shift) {
      const length = escapeLength(content, slash)
      shift += length - 1
      slash = content.indexOf('\\', slash + length)
    }
    raw.push(offset + shift)
  }
  return raw
}

/** The inverse of `rawOffsets`. A raw offset within an escape is taken to the escape's start. */
export function decodedOffsets(content: string, offsets: readonly number[]): number[] {
  const decoded: number[] = []
  let slash = content.indexOf('\\')
  let shift = 0
  for (const offset of offsets) {
    while (slash !== -1) {
      const length = escapeLength(content, slash)
      if (slash + length > offset) break
      shift += length - 1
      slash = content.indexOf('\\', slash + length)
    }
    decoded.push((slash === -1 ? offset : Math.min(offset, slash)) - shift)
  }
  return decoded
}

function escapeLength(content: string, at: number): number {
  return content.charCodeAt(at + 1) === 117 ? 6 : 2
}
