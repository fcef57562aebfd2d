import { Value } from '@sinclair/typebox/value'
import type { PluginDefinition } from '@sluice/core'
import { checkSchema } from '../config/check-schema.ts'
import type { Path, Problem } from '../config/problem.ts'
import './formats.ts'

export type Options = Readonly<Record<string, unknown>>

/** Second pass: a plugin's options by its schema. Answers a copy with the defaults in it. */
export function checkOptions(
  definition: PluginDefinition,
  written: Options,
  at: Path,
): { readonly options: Options; readonly problems: readonly Problem[] } {
  try {
    const options = Value.Default(definition.options, copy(written))
    const problems = checkSchema(definition.options, options, at, 'SLUICE_PLUGIN_OPTIONS_INVALID')
    // A schema that takes something else than an object never accepts what the configuration's own schema let through.
    return { options: options as Options, problems }
  } catch {
    const message = "the plugin's options schema uses what TypeBox 0.34 does not know by itself"
    return { options: written, problems: [{ code: 'SLUICE_PLUGIN_INVALID', path: at, message }] }
  }
}

/** `over` laid over `base`: objects member by member, everything else whole. */
export function mergeOptions(base: Options, over: Options): Options {
  const merged = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key)
    merged.set(key, isPlain(below) && isPlain(value) ? mergeOptions(below, value) : value)
  }
  return Object.fromEntries(merged)
}

/** Copies containers only: a configuration in TypeScript may hold values that cannot be cloned. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy)
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]))
  return value
}

function isPlain(value: unknown): value is Options {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
