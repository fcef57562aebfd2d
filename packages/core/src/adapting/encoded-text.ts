/**
 * Files, images and audio travel as base64 in data URLs or bare. What turns out to be text is inspected as text whatever
 * its label says; the rest is opaque.
 */
export type EncodedContent =
  | { readonly type: 'text'; readonly text: string }
  /** Bytes nobody reads. `media`: the type it claims, lower case, `''` where it claims none. */
  | { readonly type: 'opaque'; readonly media: string }
  /** Not an encoding at all, or one with words around it: the string itself is the text. */
  | { readonly type: 'plain' }

/** `data:[<type>][;<parameter>…][;base64],<content>` (RFC 2397). Parameters other than these may carry words. */
const HEADER = /^data:([a-z0-9.+-]+\/[a-z0-9.+-]+)?((?:;charset=[a-z0-9._-]{1,40})?)(;base64)?,/i
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}\s*$/
const TEXTUAL = /^text\/|[/+](?:json|xml|yaml|x-yaml|javascript|ecmascript|x-www-form-urlencoded|sql|toml)$/
/** Base64 characters looked at before a whole file is decoded. A multiple of 4. */
const SNIFFED = 1024
/** No text has these. */
const BINARY = /[\x00-\x08\x0e-\x1f\ufffd]/

export function readDataUrl(url: string): EncodedContent {
  const header = HEADER.exec(url)
  if (!header) return { type: 'plain' }
  const content = url.slice(header[0].length)
  const media = (header[1] ?? 'text/plain').toLowerCase()
  const charset = header[2] === undefined || header[2] === '' ? 'utf-8' : header[2].slice(';charset='.length)
  if (header[3] !== undefined) return readBase64(content, media, charset)
  const text = decodePercent(content)
  return text === undefined ? { type: 'plain' } : { type: 'text', text }
}

/**
 * A data URL that is not written as it should be, as a lenient reader takes it: any head that ends at the first comma,
 * escapes in its base64, characters that are none of base64's. `plain` where nobody could read it.
 */
export function readLooseDataUrl(url: string): EncodedContent {
  const comma = url.indexOf(',')
  if (!/^data:/i.test(url) || comma < 0) return { type: 'plain' }
  const head = url.slice('data:'.length, comma)
  const content = decodePercent(url.slice(comma + 1)) ?? url.slice(comma + 1)
  if (!/;\s*base64\s*(?:;|$)/i.test(head)) return { type: 'text', text: content }
  const media = (/^[^;]*/.exec(head)?.[0] ?? '').trim().toLowerCase()
  const charset = /;\s*charset\s*=\s*["']?([^;"'\s]+)/i.exec(head)?.[1]
  // Decoders ask for whole groups of four, or fill them up by themselves.
  const bare = content.replaceAll(/[^A-Za-z0-9+/_-]/g, '')
  return readBase64(bare.length % 4 === 1 ? bare.slice(0, -1) : bare, media, charset)
}

export function readBase64(base64: string, media: string, charset = 'utf-8'): EncodedContent {
  if (!BASE64.test(base64)) return { type: 'plain' }
  const textual = TEXTUAL.test(media)
  if (!textual) {
    const first = decodeBase64(base64.slice(0, SNIFFED), 'utf-8', true)
    if (first === undefined || BINARY.test(first)) return { type: 'opaque', media }
  }
  const text = decodeBase64(base64, charset, false)
  return text === undefined ? { type: 'opaque', media } : { type: 'text', text }
}

function decodeBase64(base64: string, charset: string, cut: boolean): string | undefined {
  try {
    const bytes = atob(base64.replaceAll('-', '+').replaceAll('_', '/'))
    const buffer = new Uint8Array(bytes.length)
    for (let i = 0; i < bytes.length; i++) buffer[i] = bytes.charCodeAt(i)
    // `stream`: a character cut in two by the sniffing is not an error.
    return new TextDecoder(charset).decode(buffer, { stream: cut })
  } catch {
    return undefined
  }
}

function decodePercent(content: string): string | undefined {
  try {
    return decodeURIComponent(content)
  } catch {
    return undefined
  }
}
