import type { Json } from '../../packages/core/src/index.ts'
import { flatten, merged, type Schema, type Schemas } from './schema.ts'

/** How often a schema may stand within itself. */
const maxNested = 2

/**
 * Values that together hold every string a schema can reach, each kind of each union at least once. `''` stands for any
 * text, the member name `''` for any name, any other string is one word of a closed set. Files of forms are
 * `{ "filename": "" }`.
 */
export function samplesOf(schema: Schema, schemas: Schemas, { everyRole = false } = {}): readonly Json[] {
  return variants(schema, { schemas, everyRole }, new Map())
}

interface Setting {
  readonly schemas: Schemas
  /** Each word that `role` may be is a kind: whose the words beside it are hangs on it. */
  readonly everyRole: boolean
}

function variants(given: Schema, setting: Setting, above: ReadonlyMap<string, number>): readonly Json[] {
  const { schema, names } = flatten(given, setting.schemas)
  const within = new Map(above)
  for (const name of names) {
    const times = (within.get(name) ?? 0) + 1
    if (times > maxNested) return []
    within.set(name, times)
  }
  const { oneOf, anyOf, ...base } = schema
  const alternatives = oneOf ?? anyOf
  if (alternatives !== undefined) {
    const isShared = base.properties !== undefined
    return distinct(
      alternatives.flatMap((each) => {
        // What stands beside the union holds for each of its kinds.
        if (!isShared) return variants(each, setting, within)
        const flat = flatten(each, setting.schemas)
        const inside = new Map(within)
        for (const name of flat.names) inside.set(name, (inside.get(name) ?? 0) + 1)
        return variants(merged(base, flat.schema, setting.schemas), setting, inside)
      }),
    )
  }
  return distinct(plain(base, setting, within))
}

function plain(schema: Schema, setting: Setting, within: ReadonlyMap<string, number>): readonly Json[] {
  const word = schema.const ?? schema.enum?.find((each) => each !== null)
  // A document's enumeration is a JSON value.
  if (word !== undefined) return [word as Json]
  const types = typesOf(schema)
  return types.flatMap((type): readonly Json[] => {
    switch (type) {
      case 'string':
        return [schema.format === 'binary' ? { filename: '' } : '']
      case 'integer':
      case 'number':
        return [Math.max(0, schema.minimum ?? 0)]
      case 'boolean':
        return [false]
      case 'array':
        return [schema.items === undefined ? [''] : variants(schema.items, setting, within)]
      case 'object':
        return objects(schema, setting, within)
      case 'any':
        return ['', { '': '' }]
      default:
        return [null]
    }
  })
}

function typesOf({ type, properties, additionalProperties, items }: Schema): readonly string[] {
  if (typeof type === 'string') return [type]
  if (type !== undefined) return type
  if (properties !== undefined || additionalProperties !== undefined) return ['object']
  return items === undefined ? ['any'] : ['array']
}

/**
 * As many objects as the member with the most kinds has of them. Where a member has no kind left, it is written in its
 * shortest form if it must stand there or is a word, by which readers tell what they read; else it is left out.
 */
function objects(schema: Schema, setting: Setting, within: ReadonlyMap<string, number>): readonly Json[] {
  const required = new Set(schema.required)
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    return { name, kinds: (name === 'role' ? roles(member, setting) : undefined) ?? variants(member, setting, within) }
  })
  const { additionalProperties: rest } = schema
  if (typeof rest === 'object' && Object.keys(rest).length > 0)
    members.push({ name: '', kinds: variants(rest, setting, within) })
  else if (rest !== false && (rest !== undefined || members.length === 0)) members.push({ name: '', kinds: [''] })
  const count = Math.max(1, ...members.map(({ kinds }) => kinds.length))
  return Array.from({ length: count }, (_, at) => {
    const object: Record<string, Json> = {}
    for (const { name, kinds } of members) {
      const isWord = kinds.length === 1 && typeof kinds[0] === 'string' && kinds[0] !== ''
      const value = kinds[at] ?? (required.has(name) || isWord ? shortest(kinds) : undefined)
      if (value !== undefined) object[name] = value
    }
    return object
  })
}

function roles(member: Schema, { schemas, everyRole }: Setting): readonly string[] | undefined {
  if (!everyRole) return undefined
  return flatten(member, schemas).schema.enum?.filter((word) => typeof word === 'string')
}

/** The shortest of the values, with one element in each of its lists. */
function shortest(values: readonly Json[]): Json | undefined {
  const [value] = values.map(reduced).toSorted((a, b) => JSON.stringify(a).length - JSON.stringify(b).length)
  return value
}

function reduced(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, reduced(member)]))
  }
  const element = shortest(value)
  return element === undefined ? [] : [element]
}

/** Each value once. What holds no text is left out where something else does, words where any text may stand. */
function distinct(values: readonly Json[]): readonly Json[] {
  const unique = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
  const texts = unique.filter(holdsText)
  if (texts.length === 0) return unique.slice(0, 1)
  const words = texts.filter((value) => typeof value === 'string')
  const [word] = words.includes('') ? [''] : words
  return texts.filter((value) => typeof value !== 'string' || value === word)
}

function holdsText(value: Json): boolean {
  if (typeof value === 'string') return true
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, member]) => name === '' || holdsText(member))
}
