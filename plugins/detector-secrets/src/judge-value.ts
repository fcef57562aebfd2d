import { shannonEntropy } from '@sluice/detect'
import { isPlaceholder } from './placeholder.ts'
import { looksTyped } from './typed.ts'

/** How an assigned value stands in the text. */
export interface AssignedValue {
  readonly value: string
  readonly quoted: boolean
}

/** Is this what a person or a program would have chosen as a password? */
export function looksLikePassword({ value, quoted }: AssignedValue): boolean {
  if (value.length < 6 || isPlaceholder(value) || isReference(value, quoted)) return false
  const letters = /[a-z]/i.test(value)
  const mixed = (letters && /\d/.test(value)) || /[^\w\s./:-]/.test(value)
  return mixed && shannonEntropy(value) >= 2.2 && !/^\d+(?:\.\d+)*(?:px|em|rem|ms|s|%)?$/.test(value)
}

/** Was this made by a generator of keys? Letters and digits mixed, and no word or path. */
export function looksGenerated({ value, quoted }: AssignedValue): boolean {
  if (value.length < 10 || isPlaceholder(value) || looksTyped(value) || isReference(value, quoted)) return false
  const digits = value.replace(/\D/g, '').length
  if (digits === 0 || digits === value.length || !/[a-z]/i.test(value)) return false
  if (saysPassword.test(decoded(value))) return false
  const parts = value.split(/[-_./:=]/)
  if (parts.every((part) => part === '' || word.test(part)) || dated.test(value)) return false
  if (parts.length > 2 && parts.every((part) => part === '' || numbered.test(part))) return false
  return shannonEntropy(value) >= (value.length < 20 ? 3 : 3.2)
}

/**
 * One part of a name or path (`my-app-v2`, `node_modules/x2`, `oauth2client`): letters with at most one short number among
 * them. Generated values of ten characters and more have several.
 */
const word = /^(?:[A-Za-z]{1,24}\d{0,3}|[A-Za-z]{1,10}\d{1,3}[A-Za-z]{1,8}|\d{1,4}[a-z]{0,2})$/
/** The same among several parts, of which one may be a number: `cmp2-qat-1208358310`. */
const numbered = /^(?:[A-Za-z]{2,24}\d{0,6}|\d{1,12})$/
const dated = /^\d{4}-\d{2}-\d{2}/

/** `user:password`, `demo:secret1`: what an example of basic authentication encodes. */
const saysPassword = /^[\w.@-]{1,64}:[\w-]{0,32}(?:password|passwd|secret|example|test)[\w-]{0,32}$/i

function decoded(value: string): string {
  if (value.length > 100 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return ''
  try {
    return atob(value)
  } catch {
    return ''
  }
}

/** Code that fetches the value from elsewhere: a call, a member, a path, a URL. */
function isReference(value: string, quoted: boolean): boolean {
  if (/^(?:https?:\/\/|\.{0,2}\/|[A-Za-z]:\\|arn:)/.test(value)) return true
  if (quoted) return false
  return (
    /[()[\]{}<>;]/.test(value) || (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value) && !/\d[A-Za-z]/.test(value))
  )
}
