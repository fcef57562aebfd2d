import { type Json, type JsonObject, type JsonPointer, leavesOf, tokensOf } from '@sluice/core'

/** A value with the one at a pointer put in its place. */
export function withValue(root: Json, pointer: JsonPointer, put: (old: Json) => Json): Json {
  const tokens = tokensOf(pointer)
  const change = (value: Json, depth: number): Json => {
    const token = tokens[depth]
    if (token === undefined) return put(value)
    if (Array.isArray(value)) {
      return value.map((element, index) => (String(index) === token ? change(element, depth + 1) : element))
    }
    // The pointer was read from this very value.
    const object = value as JsonObject
    return Object.fromEntries(
      Object.entries(object).map(([name, member]) => [name, name === token ? change(member, depth + 1) : member]),
    )
  }
  return change(root, 0)
}

/** Pointers of all strings but empty ones. */
export function stringsIn(root: Json): readonly JsonPointer[] {
  return leavesOf(root, '').flatMap(({ pointer, text }) => (text === '' ? [] : [pointer]))
}

/** Pointers of all objects. */
export function objectsIn(root: Json): readonly JsonPointer[] {
  const found: JsonPointer[] = []
  const visit = (value: Json, at: JsonPointer): void => {
    if (typeof value !== 'object' || value === null) return
    if (!Array.isArray(value)) found.push(at)
    for (const [name, child] of Object.entries(value)) {
      visit(child, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    }
  }
  visit(root, '')
  return found
}

/** The JSON of the frames of a recorded stream, with their lines before and after. */
export function framesIn(chunks: Uint8Array): readonly Json[] {
  const lines = new TextDecoder().decode(chunks).split(/\r\n|\n|\r/)
  return lines.flatMap((line): Json[] => {
    if (!line.startsWith('data:')) return []
    try {
      return [JSON.parse(line.slice('data:'.length))]
    } catch {
      return []
    }
  })
}

export function asStream(frames: readonly Json[]): Uint8Array {
  return new TextEncoder().encode(frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join(''))
}
