import type { Json } from '../../packages/core/src/index.ts'

/**
 * Samples of a multipart form from samples of its JSON: a list becomes a field `name[]`, an object one field for each of
 * its members (`name[member]`), as the provider's own libraries write them. A field holds text; a file stays an object.
 */
export function formOf(sample: Json): Json {
  return Object.fromEntries(fieldsOf(sample, ''))
}

function fieldsOf(value: Json, name: string): readonly (readonly [string, Json])[] {
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((element) => fieldsOf(element, `${name}[]`))
  if (typeof value !== 'object' || value === null) return [[name, typeof value === 'string' ? value : String(value)]]
  if (name !== '' && 'filename' in value) return [[name, value]]
  return Object.entries(value).flatMap(([member, inner]) =>
    fieldsOf(inner, name === '' ? member : `${name}[${member}]`),
  )
}
