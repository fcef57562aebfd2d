import { escapeAt, longestEscape } from './escapes.ts'
import { mayHide, plainAt } from './invisible.ts'
import type { Undo } from './undo.ts'

const backslash = 0x5c
const percent = 0x25
const ampersand = 0x26

/** What makes a text look unlike itself: escapes, invisible characters, other forms of the same letters. */
export const disguises: Undo = {
  behind: 1,
  // A pair of surrogates, and the unit after it, are less.
  ahead: longestEscape,
  find(text, from) {
    for (let at = from; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit < 128 ? unit === backslash || unit === percent || unit === ampersand : mayHide(unit)) return at
    }
    return -1
  },
  at: (text, position) => (text.charCodeAt(position) < 128 ? escapeAt : plainAt)(text, position),
}
