import picomatch from 'picomatch'

export type Source =
  | { readonly type: 'segments'; readonly kind: string; readonly isTool: (name: string) => boolean }
  | { readonly type: 'detections'; readonly isType: (type: string) => boolean }

const kinds: ReadonlySet<string> = new Set(['tool-result', 'user', 'assistant', 'instruction'])
const form = /^\s*([a-z-]+)\s*(?:\(([^()]*)\))?\s*$/

/** Reads `tool-result(web_*|browse)`, `detected(PII_*)`, `user`. Undefined: it is none of them. */
export function sourceOf(text: string): Source | undefined {
  const [, kind = '', globs] = form.exec(text) ?? []
  if (kind === 'detected') {
    const isType = globs === undefined ? undefined : matcherOf(globs, false)
    return isType && { type: 'detections', isType }
  }
  if (!kinds.has(kind) || (globs !== undefined && kind !== 'tool-result')) return undefined
  const isTool = globs === undefined ? () => true : matcherOf(globs, true)
  return isTool && { type: 'segments', kind, isTool }
}

/** Reads `tool-call(send_*|http_*)`. Undefined: it is no such thing. */
export function targetOf(text: string): ((name: string) => boolean) | undefined {
  const [, kind, globs] = form.exec(text) ?? []
  return kind === 'tool-call' ? matcherOf(globs ?? '*', true) : undefined
}

/**
 * Matches whole names by any of the globs. A name is no path, and picomatch knows no such mode: slashes become a character
 * that no name has, and another in front keeps its rules for the beginning of a path from applying.
 */
export function matcherOf(globs: string, nocase: boolean): ((name: string) => boolean) | undefined {
  const patterns = globs.split('|').map((glob) => glob.trim())
  if (patterns.some((glob) => glob === '')) return undefined
  const flat = (text: string): string => `\ue000${text.normalize('NFKC').replaceAll('/', '\ue001')}`
  const matchers = patterns.map((glob) => picomatch(flat(glob), { dot: true, nocase, windows: false }))
  return (name) => matchers.some((matches) => matches(flat(name)))
}
