import type { Json } from '../../packages/core/src/index.ts'
import { refName, type Schema, type Schemas } from './schema.ts'

/** As in the samples. */
const maxNested = 2

/**
 * Where a schema can hold a string and no sample has one: pointers with `*` for any element and an empty token for any
 * member. Walks the schema by itself, part by part, and makes nothing of how the parts go together, which the samples do.
 */
export function unreached(schema: Schema, schemas: Schemas, samples: readonly Json[]): readonly string[] {
  const reached = new Set<string>()
  for (const sample of samples) reach(sample, '', reached)
  const expected = new Set<string>()
  expect(schema, '', schemas, [], expected)
  return [...expected].filter((place) => !reached.has(place))
}

function reach(value: Json, at: string, reached: Set<string>): void {
  if (typeof value === 'string') reached.add(at)
  else if (Array.isArray(value)) for (const element of value) reach(element, `${at}/*`, reached)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) reach(member, `${at}/${name}`, reached)
  }
}

function expect(schema: Schema, at: string, schemas: Schemas, above: readonly string[], expected: Set<string>): void {
  const { $ref, allOf = [], oneOf = [], anyOf = [], properties, items, additionalProperties, type, format } = schema
  if ($ref !== undefined) {
    const name = refName($ref)
    const target = schemas[name]
    const times = above.filter((each) => each === name).length
    if (target !== undefined && times < maxNested) expect(target, at, schemas, [...above, name], expected)
  }
  for (const part of [...allOf, ...oneOf, ...anyOf]) expect(part, at, schemas, above, expected)
  for (const [name, member] of Object.entries(properties ?? {})) {
    expect(member, `${at}/${name}`, schemas, above, expected)
  }
  if (items !== undefined) expect(items, `${at}/*`, schemas, above, expected)
  if (typeof additionalProperties === 'object') expect(additionalProperties, `${at}/`, schemas, above, expected)
  const isString = [type, ...(Array.isArray(type) ? type : [])].includes('string')
  // A file is not a string, its name is.
  if (isString) expected.add(format === 'binary' ? `${at}/filename` : at)
}
