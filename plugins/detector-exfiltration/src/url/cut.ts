import type { UrlEnd } from './place.ts'

/** UTF-16 units of the longest URL that is judged: what is longer is judged by its beginning. */
export const longestUrl = 2048

/** How far a URL may go, by what ends it, and where it is certain that it has ended. */
export const reaches: Readonly<Record<UrlEnd, { readonly pattern: RegExp; readonly stop: RegExp }>> = {
  bracket: { pattern: /[^\s"<>]{4,2048}/, stop: /[\s"<>]|\[\// },
  paren: { pattern: /[^\n]{4,2048}/, stop: /\n|\)[\s.,;:!?\])}*_]/ },
  css: { pattern: /[^()"'\n]{4,2048}/, stop: /[()"'\n]/ },
  double: { pattern: /[^"]{4,2048}/, stop: /"/ },
  single: { pattern: /[^']{4,2048}/, stop: /'/ },
  angle: { pattern: /[^<>\n]{4,2048}/, stop: /[<>\n]/ },
  space: { pattern: /[^\s"'<>`\x00-\x1f]{4,2048}/, stop: /[\s"'<>`\x00-\x1f]/ },
  quoted: { pattern: /[^\s"'`\x00-\x1f]{4,2048}/, stop: /[\s"'`\x00-\x1f]/ },
}

/** How many units of what its pattern matched are the URL. Looks no further than the first `stop`. */
export function urlUnits(run: string, end: UrlEnd): number {
  switch (end) {
    case 'paren':
      return destinationUnits(run)
    case 'double':
    case 'single':
      // An attribute that never ends is no reason to read on in the page.
      return run.length < longestUrl ? run.length : spaceAt(run)
    case 'bracket':
      return bareUnits(run.split('[/', 1)[0] ?? run)
    case 'css':
    case 'angle':
      return run.trimEnd().length
    default:
      return bareUnits(run)
  }
}

/**
 * CommonMark 6.3: brackets in a destination are balanced, and a title may follow. Blanks end a destination, but renderers
 * exist that read on, and models write them.
 */
function destinationUnits(run: string): number {
  const limit = stopAt(run)
  let depth = 0
  for (let at = 0; at < limit; at++) {
    const unit = run[at]
    if (unit === '\\') at++
    else if (unit === '(') depth++
    else if (unit === ')' && --depth < 0) return run.slice(0, at).trimEnd().length
    else if ((unit === ' ' || unit === '\t') && /["'(]/.test(run.charAt(at + 1))) return at
    // The next link: this one was never closed.
    else if (unit === ']' && run[at + 1] === '(') return spaceAt(run.slice(0, at))
  }
  return spaceAt(run.slice(0, limit))
}

function stopAt(run: string): number {
  const at = run.search(/\)[\s.,;:!?\])}*_]/)
  return at === -1 ? run.length : at + 1
}

function spaceAt(run: string): number {
  const at = run.search(/\s/)
  return at === -1 ? run.length : at
}

/** In running text a URL does not end with punctuation, nor with a bracket that it did not open. */
function bareUnits(run: string): number {
  const next = run.slice(1).search(/[,;|([{:]https?:\/\//i)
  let units = next === -1 ? run.length : next + 1
  const open = {
    ')': surplus(run, units, '(', ')'),
    ']': surplus(run, units, '[', ']'),
    '}': surplus(run, units, '{', '}'),
  }
  for (; units > 0; units--) {
    const unit = run.charAt(units - 1)
    if (/[.,;:!?*|\\]/.test(unit)) continue
    if (unit !== ')' && unit !== ']' && unit !== '}') break
    if (open[unit] <= 0) break
    open[unit]--
  }
  return units
}

/** By how many closing brackets there are more than opening ones. */
function surplus(run: string, to: number, opening: string, closing: string): number {
  let more = 0
  for (let at = 0; at < to; at++) {
    const unit = run[at]
    if (unit === closing) more++
    else if (unit === opening) more--
  }
  return more
}
