import type { Deed } from '../../deed.ts'
import type { Cursor } from '../lex.ts'

/** What a statement does, before it is said how sure it is that the text runs it. */
export interface Act {
  readonly class: Deed['class']
  readonly severity: Deed['severity']
  readonly rule: string
  /** As it was read by its grammar; less where only its beginning was. */
  readonly sure: number
}

export type Reader = (tokens: Cursor, place: { readonly text: string; readonly at: number }) => Act | undefined
