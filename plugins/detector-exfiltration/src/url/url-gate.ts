import type { Gate } from '@sluice/detect'
import { placeContext, placeOf } from './place.ts'

const slashes = /(?:\b[A-Za-z]{2,5}:[\\/]|(?<=[("'`=<,\s])\/\/(?=[A-Za-z0-9{[$]))/g
const schemes = /^(?:https?|ftps?|wss?):.$/i
/** The longest scheme, its colon and two slashes. */
const width = 8

/** Where URLs begin: at a scheme, or at two slashes where markup says that a URL stands. The key says how it is used. */
export const urlGate: Gate = {
  width,
  context: placeContext + 1,
  scan(text, from, to, report) {
    slashes.lastIndex = from
    for (let match = slashes.exec(text); match !== null && match.index < to; match = slashes.exec(text)) {
      if (match[0] === '//' || schemes.test(match[0])) report(match.index)
    }
  },
  key(text, at) {
    const place = placeOf(text, at)
    return place === undefined ? 'none' : `${place.usage} ${place.end}`
  },
}
