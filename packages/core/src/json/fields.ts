import type { JsonType, KnownFields } from '../protocol/adapter.ts'
import type { Json } from '../protocol/json.ts'
import { foldName } from './fold.ts'
import { compilePatterns, type PatternNode, stepIndex } from './pattern.ts'
import { escapeToken } from './pointer.ts'
import { isJsonArray, jsonTypeOf } from './type.ts'

const BIT: Readonly<Record<JsonType, number>> = { null: 1, boolean: 2, number: 4, string: 8, array: 16, object: 32 }

interface FieldType {
  readonly types: readonly JsonType[]
  readonly mask: number
}

export interface CompiledFields {
  readonly root: PatternNode<FieldType>
  /** The names known at each place, by their folded spelling. */
  readonly folded: ReadonlyMap<PatternNode<FieldType>, ReadonlyMap<string, string>>
  /** Every name known anywhere. */
  readonly names: ReadonlySet<string>
}

export function compileFields(fields: KnownFields): CompiledFields {
  const root = compilePatterns(
    Object.entries(fields).map(([pointer, types]) => {
      return { pointer, value: { types, mask: types.reduce((mask, type) => mask | BIT[type], 0) } }
    }),
  )
  const folded = new Map<PatternNode<FieldType>, ReadonlyMap<string, string>>()
  const names = new Set<string>()
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (folded.has(node)) continue
    folded.set(node, new Map([...node.exact.keys()].map((name) => [foldName(name), name])))
    for (const [name, child] of node.exact) {
      names.add(name)
      pending.push(child)
    }
    if (node.other !== undefined) pending.push(node.other)
  }
  return { root, folded, names }
}

/**
 * What two readers could take differently among the members an adapter knows: a name that only folds to a known one
 * (`Model`), a known member of a type not listed. A message that says what and where, or undefined. It quotes known
 * names only; where a pattern has `*` for a member's name, it says `*`.
 */
export function checkFields(value: Json, fields: CompiledFields): string | undefined {
  const pending: { value: Json; node: PatternNode<FieldType>; path: string }[] = [
    { value, node: fields.root, path: '' },
  ]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { value, node, path } = at
    if (node.value !== undefined && !allows(node.value, value)) {
      return `${path === '' ? 'the body' : path} must be ${node.value.types.join(' or ')}, not ${jsonTypeOf(value)}`
    }
    if (typeof value !== 'object' || value === null) continue
    if (isJsonArray(value)) {
      if (node.exact.size === 0 && node.other === undefined) continue
      for (let index = 0; index < value.length; index++) {
        const element = value[index]
        const child = stepIndex(node, index)
        // Long lists of numbers of the right type are passed at the price of this test.
        if (element === undefined || child === undefined || isSettled(child, element)) continue
        pending.push({ value: element, node: child, path: `${path}/${index}` })
      }
      continue
    }
    for (const name of Object.keys(value)) {
      const known = node.exact.get(name)
      const member = value[name]
      if (member === undefined) continue
      if (known === undefined) {
        const meant = node.exact.size === 0 ? undefined : fields.folded.get(node)?.get(foldName(name))
        if (meant !== undefined)
          return `${path === '' ? 'the body' : path} has a member that is "${meant}" spelled otherwise`
      }
      const child = known ?? node.other
      if (child === undefined || isSettled(child, member)) continue
      pending.push({ value: member, node: child, path: `${path}/${known === undefined ? '*' : escapeToken(name)}` })
    }
  }
  return undefined
}

function allows(field: FieldType, value: Json): boolean {
  return (field.mask & BIT[jsonTypeOf(value)]) !== 0
}

/** Nothing more to look at: no container, and of a type that may stand here. */
function isSettled(node: PatternNode<FieldType>, value: Json): boolean {
  return (typeof value !== 'object' || value === null) && (node.value === undefined || allows(node.value, value))
}
