import type { Case, Outcome } from './case.ts'
import type { Corpora } from './corpora.ts'
import type { Row } from './row.ts'

/** What a peer can be asked about. */
export type Domain = 'secrets' | 'pii' | 'injection' | 'commands'

/** One question put to detectors, and to the peers that answer such questions. */
export interface Task {
  readonly id: string
  readonly title: string
  /** For the report: what is done with the corpus, and what counts as found. */
  readonly how: string
  /** Names in `detectors.ts`. Where none of them is installed the task is left out, and said to be. */
  readonly detectors: readonly string[]
  readonly corpora: readonly string[]
  readonly domain?: Domain
  /** `declared`: the types of the detectors that take part. */
  cases(corpora: Corpora, declared: readonly string[]): readonly Case[]
  rows(outcomes: readonly Outcome[]): readonly Row[]
  /** The confidence with which a case is called found, for the curve of precision and recall. */
  score?(outcome: Outcome): number
}
