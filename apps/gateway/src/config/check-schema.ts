import type { TSchema } from '@sinclair/typebox'
import { Value, type ValueError, ValueErrorType } from '@sinclair/typebox/value'
import type { SluiceErrorCode } from '@sluice/core'
import type { Path, Problem } from './problem.ts'
import { didYouMean } from './suggest.ts'

/** All that a schema finds wrong with a value, one problem a place. Says what was expected, never what stands there. */
export function checkSchema(schema: TSchema, value: unknown, at: Path, code: SluiceErrorCode): Problem[] {
  const problems = new Map<string, Problem>()
  for (const error of Value.Errors(schema, value)) {
    if (problems.has(error.path)) continue
    const path = [...at, ...pointerPath(error.path, value)]
    const unknownKey = error.type === ValueErrorType.ObjectAdditionalProperties
    problems.set(error.path, {
      code,
      path,
      message: unknownKey ? unknownKeyMessage(error, schema) : message(error),
      ...(unknownKey ? { atKey: true as const } : {}),
    })
  }
  return [...problems.values()]
}

function message(error: ValueError): string {
  const { description } = error.schema as { description?: string }
  const why = error.type === ValueErrorType.ObjectRequiredProperty ? 'is missing' : expectation(error)
  return description === undefined ? why : `${why} (${description})`
}

function expectation(error: ValueError): string {
  const allowed = literals(error.schema)
  if (allowed !== undefined) return `expected ${allowed.map((value) => JSON.stringify(value)).join(' or ')}`
  return error.message.charAt(0).toLowerCase() + error.message.slice(1)
}

function literals(schema: TSchema): unknown[] | undefined {
  if ('const' in schema) return [schema['const']]
  const any: unknown = schema['anyOf']
  if (!Array.isArray(any) || !any.every((member: unknown) => isObject(member) && 'const' in member)) return undefined
  return any.map((member: { const: unknown }) => member.const)
}

function unknownKeyMessage(error: ValueError, root: TSchema): string {
  const keys = pointerSteps(error.path)
  const parent = schemaAt(root, keys.slice(0, -1))
  const known = isObject(parent?.['properties']) ? Object.keys(parent['properties']) : []
  return `unknown key${didYouMean(keys.at(-1) ?? '', known)}`
}

function schemaAt(root: TSchema, steps: readonly string[]): TSchema | undefined {
  let schema: unknown = root
  for (const step of steps) {
    if (!isObject(schema)) return undefined
    schema = isObject(schema['properties']) ? schema['properties'][step] : schema['items']
  }
  // What stands under `properties` and `items` of a schema is a schema.
  return isObject(schema) ? (schema as TSchema) : undefined
}

function pointerSteps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function pointerPath(pointer: string, value: unknown): Path {
  let node = value
  return pointerSteps(pointer).map((step) => {
    const inList = Array.isArray(node)
    node = isObject(node) ? node[step] : undefined
    return inList ? Number(step) : step
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
