import { isJsonObject, type Json, tokensOf, valueAt } from '@sluice/core'

/**
 * Whether a pointer into a sample is what a selector means: `/messages/*[role=tool]/content/**`. `*` is any one token,
 * `**` at the end any number of them, none included; `[role=tool]` asks for that member of what stands there.
 */
export function isSelected(selector: string, sample: Json, pointer: `/${string}` | ''): boolean {
  const tokens = tokensOf(pointer)
  const steps = selector.split('/').slice(1)
  const isOpen = steps.at(-1) === '**'
  if (isOpen) steps.pop()
  if (isOpen ? tokens.length < steps.length : tokens.length !== steps.length) return false
  let at: Json | undefined = sample
  for (const [index, step] of steps.entries()) {
    const [, name = '', member, word] = /^([^[]*)(?:\[([^=]+)=([^\]]*)\])?$/.exec(step) ?? []
    const token = tokens[index] ?? ''
    if (name !== '*' && name !== token) return false
    at = at === undefined ? undefined : valueAt(at, `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    if (member !== undefined && !(isJsonObject(at) && at[member] === word)) return false
  }
  return true
}
