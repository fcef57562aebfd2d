import { parseExtendedValue, parseParameters } from './parameters.ts'

/** What the header lines of one part say. */
export interface PartHeaders {
  readonly name: string
  readonly filename?: string
  /** `filename` where `filename*` stands beside it and says something else. */
  readonly plainFilename?: string
  readonly contentType?: string
  /** Offsets of the digits of a `Content-Length` of the part, in the header text. */
  readonly length?: { readonly value: number; readonly start: number; readonly end: number }
}

const LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\u0000-\u0008\u000a-\u001f\u007f]*?)[ \t]*$/
const DISPOSITION = new Set(['name', 'filename', 'filename*'])
const UTF8 = new Set(['utf-8', 'us-ascii'])

/**
 * Reads the header lines of a part, without the empty line. A string is the reason to refuse. RFC 7578 allows
 * `Content-Disposition` and `Content-Type` only (4.8); some clients send a `Content-Length`, which must then be true.
 */
export function readPartHeaders(text: string): PartHeaders | string {
  const values = new Map<string, { value: string; start: number }>()
  let at = 0
  for (const line of text.split('\r\n')) {
    const match = LINE.exec(line)
    if (match === null) return 'has a header line that cannot be read'
    const name = (match[1] ?? '').toLowerCase()
    if (values.has(name)) return 'has a header twice'
    const value = match[2] ?? ''
    values.set(name, { value, start: at + line.indexOf(value, line.indexOf(':') + 1) })
    at += line.length + 2
  }
  if (values.has('content-transfer-encoding')) return 'has a Content-Transfer-Encoding, which form data must not have'
  for (const name of values.keys()) {
    if (name !== 'content-disposition' && name !== 'content-type' && name !== 'content-length') {
      return 'has a header other than Content-Disposition, Content-Type and Content-Length'
    }
  }
  const disposition = readDisposition(values.get('content-disposition')?.value)
  if (typeof disposition === 'string') return disposition
  const contentType = values.get('content-type')?.value
  const fault =
    contentType === undefined ? undefined : contentTypeFault(contentType, disposition.filename !== undefined)
  if (fault !== undefined) return fault
  const length = values.get('content-length')
  if (length !== undefined && !/^(?:0|[1-9][0-9]{0,14})$/.test(length.value))
    return 'has a Content-Length that is no number'
  return {
    ...disposition,
    ...(contentType !== undefined && { contentType }),
    ...(length && {
      length: { value: Number(length.value), start: length.start, end: length.start + length.value.length },
    }),
  }
}

function readDisposition(value: string | undefined): Omit<PartHeaders, 'contentType' | 'length'> | string {
  if (value === undefined) return 'has no Content-Disposition'
  const parsed = parseParameters(value)
  if (parsed === undefined) return 'has a Content-Disposition that cannot be read, or that names a parameter twice'
  if (parsed.type !== 'form-data') return 'is not of the disposition form-data'
  const { parameters } = parsed
  if (parameters.has('name*')) return 'has its name in an extended form'
  for (const name of parameters.keys()) {
    if (!DISPOSITION.has(name)) return 'has a Content-Disposition parameter other than name, filename and filename*'
  }
  const name = parameters.get('name')
  if (name === undefined || name === '') return 'has no name'
  // Browsers write a quote as %22; some servers undo that and others do not.
  if (name.includes('%')) return 'has a percent sign in its name'
  const plain = parameters.get('filename')
  const given = parameters.get('filename*')
  if (given === undefined) return { name, ...(plain !== undefined && { filename: plain }) }
  const extended = parseExtendedValue(given)
  if (extended === undefined) return 'has a filename* that is not in UTF-8 or cannot be read'
  return { name, filename: extended, ...(plain !== undefined && plain !== extended && { plainFilename: plain }) }
}

function contentTypeFault(contentType: string, isFile: boolean): string | undefined {
  const parsed = parseParameters(contentType)
  if (parsed === undefined || !parsed.type.includes('/')) return 'has a Content-Type that cannot be read'
  if (/^(?:multipart|message)\//.test(parsed.type)) return 'is itself multipart'
  const charset = parsed.parameters.get('charset')?.toLowerCase()
  if (!isFile && charset !== undefined && !UTF8.has(charset)) return 'is a field in a charset other than utf-8'
  return undefined
}
