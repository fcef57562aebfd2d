import { type CompiledFields, checkFields } from '../json/fields.ts'
import type { Operation } from '../protocol/adapter.ts'
import type { Census, CensusOutcome, CensusPlace, CensusSide, OperationSamples } from '../protocol/census.ts'
import type { Json } from '../protocol/json.ts'
import { type Fill, type FilledSample, fillSample, rounds } from './places.ts'
import { declarationsOf, type Look, readings } from './readings.ts'

/**
 * Puts a text of its own in every place of every sample, reads it as the gateway does, and tells what became of each:
 * in a segment that says where it stands, declared, or missed. Of a word of a closed set it tells what becomes of that
 * word, and counts as missed where any other in its place would be passed by.
 */
export function takeCensus(operation: Operation, samples: OperationSamples): Census {
  const { fields } = declarationsOf(operation)
  const look = readings(operation, samples.request[0])
  const refused: Census['refused'][number][] = []
  const places: CensusPlace[] = []
  const take = (side: CensusSide, read: (filled: FilledSample) => Look): void => {
    for (const [sample, value] of samples[side].entries()) {
      for (const { pointer, holds, outcome } of examined(value, read)) {
        places.push({ side, sample, pointer, holds, outcome })
      }
    }
  }
  for (const [sample, value] of samples.request.entries()) {
    const problem = problemOf(operation, fields, value)
    if (problem !== undefined) refused.push({ sample, problem })
  }
  if (operation.request !== 'none' || operation.socket !== undefined)
    take('request', ({ value }) => look.request(value))
  take('response', ({ value }) => look.response(value))
  take('events', ({ value }) => look.stream([value])[0] ?? nothing)
  return { places: [...places, ...lostTogether(samples.events, look.stream)], refused }
}

/** Why the gateway would refuse a request like the sample. */
function problemOf(
  { request, socket }: Operation,
  fields: CompiledFields | undefined,
  sample: Json,
): string | undefined {
  if (request === 'none' && socket === undefined) return 'the operation takes no body'
  // JSON bodies and messages are held to the fields, and no others.
  return fields === undefined || (request !== 'json' && socket === undefined)
    ? undefined
    : checkFields(fillSample(sample).value, fields)
}

const nothing: Look = () => ({ type: 'missed' })

interface Examined extends Pick<Fill, 'pointer' | 'holds'> {
  outcome: CensusOutcome
}

function examined(sample: Json, read: (filled: FilledSample) => Look): readonly Examined[] {
  const plain = fillSample(sample)
  const look = read(plain)
  const all = plain.fills.map((fill): Examined => ({ pointer: fill.pointer, holds: fill.holds, outcome: look(fill) }))
  // A word that is inspected is a text like any other: there, any other would be too.
  const passed = all.filter(({ holds, outcome }) => holds === 'word' && !('kind' in outcome))
  for (const odd of rounds(passed.map(({ pointer }) => pointer))) {
    const filled = fillSample(sample, 0, odd)
    const lookAtOdd = read(filled)
    for (const [index, fill] of filled.fills.entries()) {
      const place = all[index]
      if (place === undefined || fill.holds !== 'word' || !odd.has(fill.pointer)) continue
      const outcome = lookAtOdd(fill)
      if (outcome.type === 'missed') place.outcome = outcome
      if (outcome.type === 'ignored') place.outcome = outcome.odd === 'passed' ? { type: 'missed' } : outcome
    }
  }
  return all
}

/** What every frame tells by itself and a stream of all of them does not. */
function lostTogether(events: readonly Json[], read: (frames: readonly Json[]) => readonly Look[]): CensusPlace[] {
  let first = 0
  const filled = events.map((event) => {
    const sample = fillSample(event, first)
    first += sample.fills.length
    return sample
  })
  const looks = read(filled.map(({ value }) => value))
  return filled.flatMap(({ fills }, sample) => {
    // A word that frames repeat is told where it came first.
    const lost = fills.filter((fill) => fill.holds !== 'word' && (looks[sample] ?? nothing)(fill).type === 'missed')
    return lost.map(({ pointer, holds }): CensusPlace => {
      return { side: 'events', sample, pointer, holds, outcome: { type: 'missed' } }
    })
  })
}
