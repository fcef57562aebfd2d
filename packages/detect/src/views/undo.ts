/** What stands for a stretch of text when a disguise is undone. */
export interface Undone {
  /** UTF-16 units of the text that it replaces. At least 1. */
  readonly units: number
  /** Undefined: these units stay as they are, and none of them is looked at again. */
  readonly out: string | undefined
  /** So many units of the text make so many of `out`, in groups from the start on: base64 4 and 3. Absent: all at once. */
  readonly group?: { readonly units: number; readonly out: number }
}

/**
 * A disguise of text: invisible characters, escapes, encodings. What `at` answers depends on at most `behind` units before
 * and `ahead` units from the position on, so a text is undone alike however it is cut.
 */
export interface Undo {
  readonly behind: number
  readonly ahead: number
  /** The first position from `from` on where something might be undone; -1: none in what is there. */
  find(text: string, from: number): number
  /** Whether a unit from `from` on ends whatever begins before it, so that `at` looks no further. Absent: it may always. */
  ends?(text: string, from: number): boolean
  /** Undefined: the unit at the position stays as it is. */
  at(text: string, position: number): Undone | undefined
}
