import { type Json, readBase64 } from '@sluice/core'

export const SEALED = 'content sealed by the provider is not read'

export type Sealed =
  | { readonly type: 'sealed'; readonly id: string }
  /** It is no seal: words, or bytes that are words. */
  | { readonly type: 'text'; readonly text: string; readonly decoded: boolean }

/** What the provider encrypts or signs, and takes back later: base64 of bytes nobody else can read. */
export function readSealed(value: Json | undefined): Sealed | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  const read = readBase64(value, '')
  if (read.type === 'opaque') return { type: 'sealed', id: value }
  return read.type === 'text'
    ? { type: 'text', text: read.text, decoded: true }
    : { type: 'text', text: value, decoded: false }
}
