import { parseParameters } from './parameters.ts'

export type Boundary =
  | { readonly ok: true; readonly boundary: string }
  | { readonly ok: false; readonly message: string }

// RFC 2046, 5.1.1: 1 to 70 characters, no space last.
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/

/** The boundary that a `content-type` names, if it names exactly one in a way that nobody reads otherwise. */
export function boundaryOf(contentType: string): Boundary {
  const value = parseParameters(contentType)
  if (value === undefined) return refuse('the content type cannot be read, or names a parameter twice')
  if (value.type !== 'multipart/form-data') return refuse('the content type is not multipart/form-data')
  const { parameters } = value
  for (const name of parameters.keys()) {
    if (name.startsWith('boundary') && name !== 'boundary') return refuse('the boundary is given in an extended form')
  }
  const charset = parameters.get('charset')
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') return refuse('the charset is not utf-8')
  const boundary = parameters.get('boundary')
  if (boundary === undefined) return refuse('the content type has no boundary')
  if (!BOUNDARY.test(boundary)) return refuse('the boundary is not 1 to 70 of the characters of RFC 2046')
  return { ok: true, boundary }
}

function refuse(message: string): Boundary {
  return { ok: false, message: `multipart: ${message}` }
}
