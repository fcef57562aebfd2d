import type { Deed } from '../deed.ts'

/** What the shell text in `text` would do. Pure, linear in the text, never throws. */
export function judgeShell(_text: string): readonly Deed[] {
  return []
}
