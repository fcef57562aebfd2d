/** What the census reads of JSON Schema as OpenAPI documents write it. Everything else in it is of no account here. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly minimum?: number
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
}

export type Schemas = Readonly<Record<string, Schema>>

/** A schema without references and `allOf` at its root, and the references that led to it. */
export interface Flat {
  readonly schema: Schema
  readonly names: readonly string[]
}

const prefix = '#/components/schemas/'

/** `''` where it names nothing of this document's schemas. */
export function refName($ref: string): string {
  return $ref.startsWith(prefix) ? $ref.slice(prefix.length) : ''
}

/** Follows `$ref` and folds `allOf` into one schema. A union within `allOf` stays a union: of what all parts say. */
export function flatten(schema: Schema, schemas: Schemas): Flat {
  const { $ref, allOf, ...own } = schema
  const names: string[] = []
  let folded: Schema = own
  for (const part of [...($ref === undefined ? [] : [{ $ref }]), ...(allOf ?? [])]) {
    let from: Schema = part
    if (part.$ref !== undefined) {
      const name = refName(part.$ref)
      const target = schemas[name]
      if (target === undefined) throw new Error(`the document has no ${part.$ref}`)
      names.push(name)
      from = target
    }
    const flat = flatten(from, schemas)
    names.push(...flat.names)
    folded = merged(flat.schema, folded, schemas)
  }
  return { schema: folded, names }
}

/** What both say. Of two unions, each alternative of the one is joined with the other. */
export function merged(one: Schema, other: Schema, schemas: Schemas): Schema {
  const { oneOf, anyOf, ...base } = one
  const alternatives = oneOf ?? anyOf
  const { oneOf: otherOneOf, anyOf: otherAnyOf, ...otherBase } = other
  const otherAlternatives = otherOneOf ?? otherAnyOf
  const properties = mergedProperties(base.properties, otherBase.properties)
  const joined: Schema = {
    ...base,
    ...otherBase,
    ...(properties && { properties }),
    required: [...(base.required ?? []), ...(otherBase.required ?? [])],
  }
  if (alternatives === undefined)
    return otherAlternatives === undefined ? joined : { ...joined, oneOf: otherAlternatives }
  if (otherAlternatives === undefined) return { ...joined, oneOf: alternatives }
  const all = alternatives.map((each) => merged(flatten(each, schemas).schema, { oneOf: otherAlternatives }, schemas))
  return { ...joined, oneOf: all }
}

function mergedProperties(one: Schema['properties'], other: Schema['properties']): Schema['properties'] {
  if (one === undefined || other === undefined) return one ?? other
  // Both describe the same member: the later, as documents refine what they extend.
  return { ...one, ...other }
}
