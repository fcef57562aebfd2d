import { parseParameters } from '../multipart/parameters.ts'
import type { Body } from '../protocol/body.ts'
import { Refused } from './refusals.ts'

const utf8Name = /^utf-?8$/i
/** Charsets in which ASCII is what it is in UTF-8. */
const asciiNames = /^(?:us-ascii|ascii|iso-8859-(?:1|15)|latin-?1|windows-1252)$/i

/**
 * Whether a text that was read as UTF-8 reads the same for a client that believes its label: no other charset is named,
 * or one that agrees on every character there is.
 */
export function readsAsLabelled(contentType: string, text: string): boolean {
  const names = [...contentType.matchAll(/charset\*?\s*=\s*["']?([^\s"',;]*)/gi)].map(([, name = '']) => name)
  return names.every((name) => utf8Name.test(name) || (asciiNames.test(name) && /^[\0-\x7f]*$/.test(text)))
}

/**
 * Why a body under this label is not read. A label that two readers could read differently is none: sent twice, it
 * arrives joined with a comma, and some readers go by the first and others by the last.
 */
export function contentTypeProblem(takes: Body['type'], contentType: string): Refused | undefined {
  if (takes === 'json' && contentType === 'application/json') return undefined
  if (takes === 'form') {
    // The rest of it is read with the form.
    const [type = ''] = contentType.split(';', 1)
    if (type.trim().toLowerCase() === 'multipart/form-data') return undefined
    return new Refused('SLUICE_CONTENT_TYPE_UNSUPPORTED', 'This endpoint takes multipart/form-data.')
  }
  // Servers that do not look at the label parse JSON all the same, so a missing one is read as JSON too.
  if (contentType === '') return undefined
  const label = parseParameters(withoutEmptyEnd(contentType))
  if (label === undefined || label.parameters.has('charset*')) {
    const instead = takes === 'json' ? ' Send application/json.' : ''
    const text = `The Content-Type cannot be read, or names a parameter or itself twice.${instead}`
    return new Refused('SLUICE_CONTENT_TYPE_UNSUPPORTED', text)
  }
  if (takes === 'json' && label.type !== 'application/json' && !label.type.endsWith('+json')) {
    return new Refused('SLUICE_CONTENT_TYPE_UNSUPPORTED', 'This endpoint takes application/json.')
  }
  const charset = label.parameters.get('charset')
  if (charset !== undefined && !utf8Name.test(charset)) {
    const text = 'The charset of the body must be UTF-8. Send UTF-8 and say so, or say nothing.'
    return new Refused('SLUICE_ENCODING_UNSUPPORTED', text)
  }
  return undefined
}

/** Parameters may be empty (RFC 9110, 5.6.6), and some clients end every label with a semicolon. */
function withoutEmptyEnd(contentType: string): string {
  let end = contentType.length
  while (end > 0 && '; \t'.includes(contentType.charAt(end - 1))) end--
  return contentType.slice(0, end)
}
