import type { Json, JsonObject } from '../../packages/core/src/index.ts'

/** Shorter values are written out wherever they stand. */
const shortest = 48

export interface Shared {
  /** Values that stand in several places. Where one stands, `{ "#": <its index> }` is written, also among themselves. */
  readonly shared: readonly Json[]
  readonly members: readonly (readonly [string, Json])[]
}

/** Writes values that repeat only once: samples of one provider hold the same messages and tools over and over. */
export function shared(root: JsonObject): Shared {
  const texts = new Map<Json, string>()
  const textOf = (value: Json): string => {
    const known = texts.get(value)
    if (known !== undefined) return known
    const text = JSON.stringify(value)
    if (typeof value === 'object') texts.set(value, text)
    return text
  }
  // Each distinct value is looked into once, so a value counts for each distinct value that holds it.
  const counts = new Map<string, number>()
  const count = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return
    const text = textOf(value)
    const before = counts.get(text) ?? 0
    counts.set(text, before + 1)
    if (before === 0) for (const member of Object.values(value)) count(member)
  }
  count(root)
  const indexes = new Map<string, number>()
  const list: Json[] = []
  const written = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value
    const text = textOf(value)
    const known = indexes.get(text)
    if (known !== undefined) return { '#': known }
    const inner: Json = Array.isArray(value)
      ? value.map(written)
      : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, written(member)]))
    if (text.length < shortest || (counts.get(text) ?? 0) < 2) return inner
    indexes.set(text, list.length)
    list.push(inner)
    return { '#': list.length - 1 }
  }
  return { members: Object.entries(root).map(([name, member]) => [name, written(member)]), shared: list }
}
