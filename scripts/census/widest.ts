import type { Json } from '../../packages/core/src/index.ts'

/** The samples that no other has in it: what an extension of an operation describes once more is one sample. */
export function widest(samples: readonly Json[]): readonly Json[] {
  const kept: Json[] = []
  // The longer first: what holds another is never the shorter.
  for (const sample of samples.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)) {
    if (!kept.some((wider) => holds(wider, sample))) kept.push(sample)
  }
  return samples.filter((sample) => kept.includes(sample))
}

/** Every member, and something for every element, stands in the wider value too. */
function holds(wider: Json, value: Json): boolean {
  if (typeof value === 'string') return wider === value
  if (typeof value !== 'object' || value === null) return typeof wider === typeof value
  if (Array.isArray(value)) {
    return Array.isArray(wider) && value.every((element) => wider.some((other: Json) => holds(other, element)))
  }
  if (typeof wider !== 'object' || wider === null || Array.isArray(wider)) return false
  const members = new Map(Object.entries(wider))
  return Object.entries(value).every(([name, member]) => {
    const other = members.get(name)
    return other !== undefined && holds(other, member)
  })
}
