import picomatch from 'picomatch'

/** UTF-16 units. Providers take 64 to 128; what is longer is no name, and no glob is asked about it. */
export const maxName = 512

/**
 * A matcher of whole names. A tool's name is no path: `*` matches slashes and leading dots too. picomatch knows no such
 * mode, so slashes are replaced by a character that no name has, and another one stands in front, which keeps its rules
 * for the beginning (`!`, `./`, `.`, the empty text) from applying.
 */
export function nameGlobs(globs: readonly string[], how: { readonly ignoreCase: boolean }): (name: string) => boolean {
  // NFKC where case does not count: `ｅｘｅｃ` must not pass a rule against `exec`.
  const flat = (text: string) => `\ue000${(how.ignoreCase ? text.normalize('NFKC') : text).replaceAll('/', '\ue001')}`
  const matchers = globs.map((glob) => picomatch(flat(glob), { dot: true, nocase: how.ignoreCase, windows: false }))
  return (name) => {
    const text = flat(name)
    return matchers.some((matches) => matches(text))
  }
}
