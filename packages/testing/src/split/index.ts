export { type EverySplitOptions, everySplit, type Split } from './every-split.ts'
export { seededRandom } from './seeded-random.ts'
export { type PieceOf, type Splittable, splitAt } from './split-at.ts'
