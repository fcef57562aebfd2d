/** Numbers from 0 to below 1, the same for the same seed: mulberry32, by Tommy Ettinger, public domain. */
export type Random = () => number

export function randomFrom(seed: string | number): Random {
  let state = typeof seed === 'number' ? seed >>> 0 : hash(seed)
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** In an order of chance: Fisher and Yates. */
export function shuffled<Item>(items: readonly Item[], seed: string | number): readonly Item[] {
  const random = randomFrom(seed)
  const mixed = [...items]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [a, b] = [mixed[last], mixed[other]]
    // Both offsets are within the list.
    if (a !== undefined && b !== undefined) [mixed[last], mixed[other]] = [b, a]
  }
  return mixed
}

/** `count` of them by chance, or all there are. */
export function sampled<Item>(items: readonly Item[], count: number, seed: string | number): readonly Item[] {
  return items.length <= count ? items : shuffled(items, seed).slice(0, count)
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0
  return value
}
