import { expect, test } from 'bun:test'
import { findIn, scanPieces, splitAt } from '@sluice/testing'
import fc from 'fast-check'
import { fixtures } from './fixtures.test.ts'
import pii from './index.ts'

const detector = await pii.create(
  {},
  {
    instance: 'pii',
    folder: '.',
    log: { debug() {}, info() {}, warn() {}, error() {} },
    signal: new AbortController().signal,
    now: () => 0,
  },
)
const values = Object.values(fixtures).flatMap(({ found }) =>
  found.flatMap((text) => [...text.matchAll(/\[\[(.*?)\]\]/g)].map(([, value = '']) => value)),
)
const marks = [
  ' ',
  '  ',
  ', ',
  '-',
  '.',
  '/',
  ':',
  '"',
  '": ',
  '":"',
  '[',
  ',',
  '\n',
  '\\n',
  '(',
  '+',
  '%3A',
  'x',
  'AB',
  '7',
]
const names = [
  'ssn ',
  'NPI ',
  'passport ',
  '"id"',
  '"ssn"',
  'tel ',
  'MRN',
  'DOB ',
  'Kennzeichen ',
  ' NHS',
  ' pasaporte',
]
const piece = fc.oneof(
  fc.constantFrom(...values),
  fc.constantFrom(...marks),
  fc.constantFrom(...names),
  // Parts of values, which end where others go on.
  fc.tuple(fc.constantFrom(...values), fc.nat(12)).map(([value, length]) => value.slice(0, length)),
)
const text = fc.array(piece, { maxLength: 14 }).map((some) => some.join(''))

test('law 3 holds for any mixture of identifiers, names and marks', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(400), { maxLength: 12 }), (one, positions) => {
      const cuts = positions.map((position) => position % (one.length + 1)).sort((a, b) => a - b)
      expect(scanPieces(detector, splitAt(one, cuts))).toEqual([...scanPieces(detector, [one])])
    }),
    { seed: 21, numRuns: 4000 },
  )
})

test('read whole is the same as read in pieces', async () => {
  await fc.assert(
    // `findIn` compares the two.
    fc.asyncProperty(text, async (one) => expect(Array.isArray(await findIn(detector, one))).toBeTrue()),
    { seed: 22, numRuns: 4000 },
  )
})
