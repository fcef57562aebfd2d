import type { Json, JsonPointer } from '../protocol/json.ts'
import { member } from './look-up.ts'

export interface Leaf {
  readonly pointer: JsonPointer
  readonly text: string
}

/** Every string value below a JSON value, in document order. Iterative: depth is the sender's to choose. */
export function leavesOf(root: Json | undefined, at: JsonPointer): readonly Leaf[] {
  if (root === undefined || root === null || (Array.isArray(root) && root.length === 0)) return none
  const leaves: Leaf[] = []
  const pending: { readonly value: Json; readonly pointer: JsonPointer }[] = []
  pending.push({ value: root, pointer: at })
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, pointer } = next
    if (typeof value === 'string') {
      leaves.push({ pointer, text: value })
    } else if (typeof value === 'object' && value !== null) {
      const inner: typeof pending = []
      for (const [name, child] of Object.entries(value)) {
        if (typeof child === 'string' || typeof child === 'object') {
          inner.push({ value: child, pointer: member(pointer, name) })
        }
      }
      // Last in, first out: reversed, so that they come out as they stand.
      for (const child of inner.reverse()) pending.push(child)
    }
  }
  return leaves
}

const none: readonly Leaf[] = []
