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
  if (value.split(/[-_./:=]/).every((part) => part === '' || word.test(part)) || dated.test(value)) return false
  return shannonEntropy(value) >= (value.length < 20 ? 3 : 3.2)
}

/**
 * One part of a name or path (`my-app-v2`, `node_modules/x2`, `oauth2client`): letters with at most one short number among
 * them. Generated values of ten characters and more have several.
 */
const word = /^(?:[A-Za-z]{1,24}\d{0,3}|[A-Za-z]{1,10}\d{1,3}[A-Za-z]{1,8}|\d{1,4}[a-z]{0,2})$/
const dated = /^\d{4}-\d{2}-\d{2}/

/** Code that fetches the value from elsewhere: a call, a member, a path, a URL. */
function isReference(value: string, quoted: boolean): boolean {
  if (/^(?:https?:\/\/|\.{0,2}\/|[A-Za-z]:\\|arn:)/.test(value)) return true
  if (quoted) return false
  return (
    /[()[\]{}<>;]/.test(value) || (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value) && !/\d[A-Za-z]/.test(value))
  )
}
