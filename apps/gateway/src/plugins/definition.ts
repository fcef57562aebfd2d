import { type PluginDefinition, SluiceError } from '@sluice/core'

const kinds: readonly string[] = ['adapter', 'detector', 'tool-filter', 'store']

/** The protocol this gateway speaks. */
export const spec = 'v1'

/**
 * Is it a plugin? By its structure: it may have been made with another copy of the core.
 * @throws SluiceError SLUICE_PLUGIN_INVALID, SLUICE_PLUGIN_SPEC_UNSUPPORTED
 */
export function checkDefinition(exported: unknown, use: string): PluginDefinition {
  const invalid = (why: string) => new SluiceError('SLUICE_PLUGIN_INVALID', why, { plugin: use })

  if (!isObject(exported)) {
    throw invalid(
      'exports no plugin: its default export must be what defineDetector, defineAdapter and the like return',
    )
  }
  if (exported['spec'] !== spec) {
    const theirs = typeof exported['spec'] === 'string' ? JSON.stringify(exported['spec']) : 'no version at all'
    throw new SluiceError(
      'SLUICE_PLUGIN_SPEC_UNSUPPORTED',
      `speaks ${theirs} of the plugin protocol and this gateway speaks ${JSON.stringify(spec)}: install a version of the plugin made for it`,
      { plugin: use },
    )
  }
  if (typeof exported['kind'] !== 'string' || !kinds.includes(exported['kind'])) {
    throw invalid(`is of a kind this gateway does not know; it knows ${kinds.join(', ')}`)
  }
  const { meta, options } = exported
  if (!isObject(meta) || !['name', 'version', 'description'].every((key) => typeof meta[key] === 'string')) {
    throw invalid('has no `meta` with `name`, `version` and `description`')
  }
  // A registered symbol: every copy of TypeBox 0.34 marks its schemas with the same one.
  if (!isObject(options) || typeof Reflect.get(options, Symbol.for('TypeBox.Kind')) !== 'string') {
    throw invalid('has no `options` that are a schema of TypeBox 0.34 (`Type` is exported by @sluice/core)')
  }
  if (typeof exported['create'] !== 'function') throw invalid('has no `create` function')
  // Each member was just looked at; what `create` makes is checked when it has made it.
  return exported as unknown as PluginDefinition
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
