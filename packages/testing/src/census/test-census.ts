import assert from 'node:assert/strict'
import {
  type Census,
  type CensusPlace,
  type CensusSide,
  type Operation,
  type OperationSamples,
  type SegmentKind,
  type SegmentTrust,
  takeCensus,
} from '@sluice/core'
import type { TestRunner } from '../test-runner.ts'
import { isSelected } from './select.ts'

/** By operation, side and selector (`/messages/*[role=tool]/content/**`): what the texts there are, and whose. */
export type CensusExpectations = Readonly<
  Record<string, Readonly<Partial<Record<CensusSide, Readonly<Record<string, `${SegmentKind} ${SegmentTrust}`>>>>>>
>

export interface CensusTestOptions {
  /** Expectations of an operation that is not among the operations tested are kept for the day it is. */
  readonly kinds: CensusExpectations
  /** Operations without samples: the provider describes their bodies nowhere, or there is none. */
  readonly undescribed?: readonly string[]
  /** Patterns of `ignores` and `responseIgnores` whose places are passed by whatever text stands there. */
  readonly passed?: readonly string[]
}

/**
 * The census of an adapter: a text in every place that its operations' `samples` have, both ways and in frames of
 * streams. Each must be in a segment that says where it stands, or be declared: no kind of content, no word of a closed
 * set, no id may be a way round inspection.
 */
export function testCensus(
  operations: readonly Operation[],
  { kinds, undescribed = [], passed = [] }: CensusTestOptions,
  { describe, test }: TestRunner,
): void {
  const passedBy = new Set<string>()
  describe('census', () => {
    for (const operation of operations) {
      const { name } = operation
      let taken: Promise<Taken | undefined> | undefined
      const take = (): Promise<Taken | undefined> => {
        taken ??= takeWithSamples(operation)
        return taken
      }
      test(`${name}: every place is inspected or declared`, async () => {
        const census = await take()
        assert.equal(census === undefined, undescribed.includes(name), `${name} is described, or said not to be`)
        if (census === undefined || operation.inspection === 'opaque') return
        const { places, refused } = census
        assert.deepEqual(refused, [], 'what the provider takes is refused')
        assert.deepEqual(places.filter(({ outcome }) => outcome.type === 'missed').map(told), [], 'places are missed')
        for (const { outcome, holds } of places) {
          if (outcome.type !== 'ignored' || outcome.odd !== 'passed' || holds !== 'text') continue
          assert(passed.includes(outcome.ignore.pointer), `${outcome.ignore.pointer} lets any text pass`)
          passedBy.add(outcome.ignore.pointer)
        }
      })

      if (kinds[name] === undefined) continue
      test(`${name}: texts are of the kind expected, and whose`, async () => {
        const census = await take()
        assert(census !== undefined, `${name} has no samples`)
        const { places, samples } = census
        for (const [side, selectors] of Object.entries(kinds[name] ?? {})) {
          for (const [selector, expected] of Object.entries(selectors)) {
            const selected = places.filter((place) => {
              return (
                place.side === side &&
                place.holds === 'text' &&
                isSelected(selector, sampleOf(samples, place), place.pointer)
              )
            })
            assert(selected.length > 0, `no sample has a text at ${side} ${selector}`)
            const wrong = selected.map(told).filter((line) => !line.endsWith(`: ${expected}`))
            assert.deepEqual(wrong, [], `${side} ${selector} is ${expected}`)
          }
        }
      })
    }

    test('what is said of it holds of something', async () => {
      const names = operations.map(({ name }) => name)
      assert.deepEqual(
        undescribed.filter((name) => !names.includes(name)),
        [],
        'an operation that is not there',
      )
      assert.deepEqual(
        passed.filter((pointer) => !passedBy.has(pointer)),
        [],
        'a pattern that lets no text pass',
      )
      assert(
        operations.some(({ name }) => kinds[name] !== undefined),
        'no operation whose kinds are expected',
      )
    })
  })
}

interface Taken extends Census {
  readonly samples: OperationSamples
}

async function takeWithSamples(operation: Operation): Promise<Taken | undefined> {
  const samples = await operation.samples?.()
  return samples === undefined ? undefined : { ...takeCensus(operation, samples), samples }
}

function sampleOf(samples: OperationSamples, { side, sample }: CensusPlace): OperationSamples['request'][number] {
  return samples[side][sample] ?? null
}

function told({ side, sample, pointer, holds, outcome }: CensusPlace): string {
  const became =
    outcome.type === 'named' || outcome.type === 'other' ? `${outcome.kind} ${outcome.trust}` : outcome.type
  return `${side} ${sample} ${pointer}${holds === 'text' ? '' : ` (${holds})`}: ${became}`
}
