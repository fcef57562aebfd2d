import type { Json, JsonPointer } from '../protocol/json.ts'
import { member } from './look-up.ts'

export interface Leaf {
  readonly pointer: JsonPointer
  readonly text: string
  /**
   * Name of the member, or `''` of an element and of the root. To look for it at the end of many long pointers would write
   * each of them out.
   */
  readonly name: string
}

/** Every string value below a JSON value, in document order. Iterative: depth is the sender's to choose. */
export function leavesOf(root: Json | undefined, at: JsonPointer): readonly Leaf[] {
  if (root === undefined || root === null || (Array.isArray(root) && root.length === 0)) return none
  const leaves: Leaf[] = []
  const pending: { readonly value: Json; readonly pointer: JsonPointer; readonly name: string }[] = []
  pending.push({ value: root, pointer: at, name: '' })
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, pointer, name } = next
    if (typeof value === 'string') {
      leaves.push({ pointer, text: value, name })
    } else if (typeof value === 'object' && value !== null) {
      const inner: typeof pending = []
      const isList = Array.isArray(value)
      for (const [key, child] of Object.entries(value)) {
        if (typeof child === 'string' || typeof child === 'object') {
          inner.push({ value: child, pointer: member(pointer, key), name: isList ? '' : key })
        }
      }
      // Last in, first out: reversed, so that they come out as they stand.
      for (const child of inner.reverse()) pending.push(child)
    }
  }
  return leaves
}

const none: readonly Leaf[] = []
