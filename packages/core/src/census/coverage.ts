import type { Census, CensusSide, Coverage } from '../protocol/census.ts'

/** From good to bad. */
const outcomes = ['named', 'other', 'ignored', 'opaque', 'missed'] as const

/** What a census found on each side that has samples. */
export function coverageOf({ places }: Census): Readonly<Partial<Record<CensusSide, Coverage>>> {
  const sides = new Map<CensusSide, Map<string, number>>()
  for (const { side, pointer, holds, outcome } of places) {
    const worst = sides.get(side) ?? new Map<string, number>()
    sides.set(side, worst)
    const place = `${pointer.replace(/\/\d+(?=\/|$)/g, '/*')}${holds === 'name' ? ' name' : ''}`
    worst.set(place, Math.max(worst.get(place) ?? 0, outcomes.indexOf(outcome.type)))
  }
  return Object.fromEntries(Array.from(sides, ([side, worst]) => [side, counted(worst)]))
}

function counted(worst: ReadonlyMap<string, number>): Coverage {
  const count = (outcome: (typeof outcomes)[number]): number => {
    return [...worst.values()].filter((at) => outcomes[at] === outcome).length
  }
  return {
    strings: worst.size,
    named: count('named'),
    other: count('other'),
    ignored: count('ignored'),
    opaque: count('opaque'),
    missed: count('missed'),
  }
}
