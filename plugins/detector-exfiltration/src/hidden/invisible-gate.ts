import type { Gate } from '@sluice/detect'

/** Inside of a character class: characters without a glyph, selectors and tags apart. */
export const invisibleUnits: string =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u200b-\\u200f\\u2060-\\u2064\\u206a-\\u206f\\u3164\\ufeff\\uffa0'

const run = new RegExp(`[${invisibleUnits}]`, 'g')

/** Where an invisible character stands. */
export const invisibleGate: Gate = {
  width: 1,
  context: 0,
  scan(text, from, to, report) {
    run.lastIndex = from
    for (let match = run.exec(text); match !== null && match.index < to; match = run.exec(text)) report(match.index)
  },
}
