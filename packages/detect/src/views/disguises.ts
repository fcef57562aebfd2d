import { escapeAt, longestEscape } from './escapes.ts'
import { plainAt } from './invisible.ts'
import type { Undo } from './undo.ts'

const trigger = /[\\%&]|[^\u0000-\u007f]/g

/** What makes a text look unlike itself: escapes, invisible characters, other forms of the same letters. */
export const disguises: Undo = {
  behind: 1,
  // A pair of surrogates, and the unit after it, are less.
  ahead: longestEscape,
  find(text, from) {
    trigger.lastIndex = from
    return trigger.exec(text)?.index ?? -1
  },
  at: (text, position) => (text.charCodeAt(position) < 128 ? escapeAt : plainAt)(text, position),
}
