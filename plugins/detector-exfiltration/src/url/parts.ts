/** A URL taken apart as a browser would, without refusing any: what is sent counts, not what is valid. */
export interface UrlParts {
  readonly userinfo: string
  /** Lower-cased only where it is compared: data in it may have case. */
  readonly host: string
  readonly path: string
  /** Percent escapes are still there. */
  readonly query: readonly QueryField[]
  readonly fragment: string
}

export interface QueryField {
  readonly name: string
  /** Empty too where there is no `=`. */
  readonly value: string
}

/** WHATWG URL: tabs and line ends are dropped, a backslash is a slash, the number of slashes is of no matter. */
export function partsOf(url: string): UrlParts | undefined {
  const clean = url.replace(/[\t\n\r]/g, '').replace(/&amp;/g, '&')
  const match = /^(?:[A-Za-z]{2,6}:)?[\\/]{1,8}([^\\/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(clean)
  if (match === null) return undefined
  const [, authority = '', path = '', query = '', fragment = ''] = match
  const at = authority.lastIndexOf('@')
  const host = authority.slice(at + 1).replace(/:\d{0,5}$/, '')
  if (host === '') return undefined
  return { userinfo: authority.slice(0, Math.max(0, at)), host, path, query: fieldsOf(query), fragment }
}

export function fieldsOf(query: string): readonly QueryField[] {
  if (query === '') return []
  return query.split(/[&;]/, 64).flatMap((field) => {
    const at = field.indexOf('=')
    // `?c2VjcmV0IGRhdGE=`: the padding of a value that has no name.
    if (/^[A-Za-z0-9+/_-]{8,}={1,2}$/.test(field)) return [{ name: '', value: field }]
    if (at === -1) return field === '' ? [] : [{ name: '', value: field }]
    return [{ name: field.slice(0, at), value: field.slice(at + 1) }]
  })
}

/** Percent escapes undone where they are UTF-8, and left where they are not. */
export function unescaped(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}
