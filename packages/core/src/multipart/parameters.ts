/** A header value of the form `type; name=value; name="value"`, read strictly. */
export interface ParameterizedValue {
  /** Lower case. */
  readonly type: string
  /** Names in lower case, in order. */
  readonly parameters: ReadonlyMap<string, string>
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const TYPE = new RegExp(`^(${TOKEN}(?:/${TOKEN})?)[ \\t]*`)
// A backslash in a quoted string escapes for some readers and is itself for others: it is not taken at all.
const PARAMETER = new RegExp(`;[ \\t]*(${TOKEN})=(?:(${TOKEN})|"([^"\\\\\\u0000-\\u001f\\u007f]*)")[ \\t]*`, 'y')

/** Undefined for what two readers could read differently: other syntax, a parameter twice, a backslash. */
export function parseParameters(value: string): ParameterizedValue | undefined {
  const head = TYPE.exec(value)
  if (head === null) return undefined
  const parameters = new Map<string, string>()
  let at = head[0].length
  while (at < value.length) {
    PARAMETER.lastIndex = at
    const match = PARAMETER.exec(value)
    if (match === null) return undefined
    const name = (match[1] ?? '').toLowerCase()
    if (parameters.has(name)) return undefined
    parameters.set(name, match[2] ?? match[3] ?? '')
    at = PARAMETER.lastIndex
  }
  return { type: (head[1] ?? '').toLowerCase(), parameters }
}

/** `UTF-8''na%C3%AFve.txt` (RFC 5987, 3.2.1), in UTF-8 only; undefined for anything else. */
export function parseExtendedValue(value: string): string | undefined {
  const match = /^utf-8'[A-Za-z0-9-]*'((?:[!#$&+.^_`|~0-9A-Za-z-]|%[0-9A-Fa-f]{2})*)$/i.exec(value)
  if (match === null) return undefined
  try {
    return decodeURIComponent(match[1] ?? '')
  } catch {
    return undefined
  }
}
