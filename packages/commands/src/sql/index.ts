import type { Deed } from '../deed.ts'

/** What the sql text in `text` would do. Pure, linear in the text, never throws. */
export function judgeSql(_text: string): readonly Deed[] {
  return []
}
