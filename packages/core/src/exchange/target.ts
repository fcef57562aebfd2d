/** A request's path and query as every runtime agrees on them. */
export interface Target {
  readonly path: string
  /** With its `?`; `''` without one. */
  readonly query: string
}

const hostForm = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?$/
const plainPath = /^\/[A-Za-z0-9_\-/.]*$/
const dotSegment = /\/\.{1,2}(?:\/|$)/

/**
 * The target of a request, or undefined where it is malformed. A bad `Host` shifts the path of `request.url` on both
 * runtimes, so it is looked at first. Bun has resolved `..` and `\` before we see them and Deno has not: both are
 * brought to the same form here, and only that form is matched and sent upstream.
 */
export function targetOf(request: Request): Target | undefined {
  const host = request.headers.get('host')
  if (host === null || !hostForm.test(host)) return undefined
  const { url } = request
  const authority = url.startsWith('http://') ? 7 : url.startsWith('https://') ? 8 : -1
  if (authority < 0 || url.includes('#')) return undefined
  const mark = url.indexOf('?', authority)
  const slash = url.indexOf('/', authority)
  if (slash < 0 || (mark >= 0 && slash > mark)) return undefined
  const path = mark < 0 ? url.slice(slash) : url.slice(slash, mark)
  const query = mark < 0 ? '' : url.slice(mark)
  if (plainPath.test(path) && !dotSegment.test(path) && !(query.length > 1 && /["<>']/.test(query))) {
    return { path, query }
  }
  if (!URL.canParse(`http://h${path}${query}`)) return undefined
  const normal = new URL(`http://h${path}${query}`)
  return { path: normal.pathname, query: query.length > 1 ? normal.search : query }
}
