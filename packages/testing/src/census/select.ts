import { isJsonObject, type Json, type JsonPointer, tokensOf, valueAt } from '@sluice/core'

/**
 * Whether a pointer into a sample is what a selector means: `/messages/*[role=tool]/content/**`. `*` is any one token,
 * `**` at the end any number of them, none included; `[role=tool]` asks for that member of what stands there, at the
 * beginning of the sample itself: `[type=text.delta]/delta`.
 */
export function isSelected(selector: string, sample: Json, pointer: JsonPointer): boolean {
  const tokens = tokensOf(pointer)
  const [root = '', ...steps] = selector.split('/')
  const isOpen = steps.at(-1) === '**'
  if (isOpen) steps.pop()
  if (isOpen ? tokens.length < steps.length : tokens.length !== steps.length) return false
  if (!isMeant(root, '', sample)) return false
  let at: Json | undefined = sample
  for (const [index, step] of steps.entries()) {
    const token = tokens[index] ?? ''
    at = at === undefined ? undefined : valueAt(at, `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    if (!isMeant(step, token, at)) return false
  }
  return true
}

function isMeant(step: string, token: string, value: Json | undefined): boolean {
  const [, name = '', member, word] = /^([^[]*)(?:\[([^=]+)=([^\]]*)\])?$/.exec(step) ?? []
  if (name !== '*' && name !== token) return false
  return member === undefined || (isJsonObject(value) && value[member] === word)
}
