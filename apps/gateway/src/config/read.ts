import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SluiceError } from '@sluice/core'
import { ConfigError, type Origin } from './problem.ts'
import { parseYaml } from './yaml.ts'

/** In this order, in the working folder. */
export const defaultFiles = ['sluice.yaml', 'sluice.yml', 'sluice.json', 'sluice.config.ts'] as const

/** A configuration as it was read: not validated, secrets still named. */
export interface ConfigSource {
  readonly value: unknown
  readonly origin: Origin
  /** Absolute. */
  readonly file: string
  /** What plugin names and relative paths in it start from. */
  readonly folder: string
}

/** The configuration file to use, or undefined where none is named and none stands in the folder. */
export function findConfig(named: string | undefined, folder: string): string | undefined {
  if (named !== undefined) return resolve(folder, named)
  return defaultFiles.map((file) => resolve(folder, file)).find((file) => existsSync(file))
}

export async function readConfig(file: string): Promise<ConfigSource> {
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new SluiceError(
      'SLUICE_CONFIG_NOT_FOUND',
      `there is no configuration file ${file}: name one with --config, or start \`sluice serve\` in an empty folder to have one written`,
    )
  }
  const at = { file, folder: dirname(file) }
  const name = basename(file)
  switch (extname(file)) {
    case '.yaml':
    case '.yml': {
      const yaml = parseYaml(readFileSync(file, 'utf8'), 'core')
      const origin = { name, line: yaml.line }
      if (yaml.problems.length > 0) throw new ConfigError(yaml.problems, origin)
      return { ...at, value: yaml.value ?? {}, origin }
    }
    case '.json': {
      const text = readFileSync(file, 'utf8')
      const value = parseJson(text, name)
      // Read a second time for its lines, and because JSON.parse takes the last of two equal keys without a word.
      const yaml = parseYaml(text, 'json')
      const origin = { name, line: yaml.line }
      if (yaml.problems.length > 0) throw new ConfigError(yaml.problems, origin)
      return { ...at, value, origin }
    }
    case '.ts':
    case '.mts':
    case '.js':
    case '.mjs': {
      return { ...at, value: await importDefault(file, name), origin: { name, line: () => undefined } }
    }
    default:
      throw new SluiceError(
        'SLUICE_CONFIG_NOT_FOUND',
        `${file} has an extension that says nothing of its format: use .yaml, .yml, .json or .ts`,
      )
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's message quotes the text, and the text may hold a secret.
    throw new SluiceError('SLUICE_CONFIG_INVALID', `${name} is not valid JSON`)
  }
}

async function importDefault(file: string, name: string): Promise<unknown> {
  const url = pathToFileURL(file)
  // Modules are kept by URL: without a URL of its own a changed file would never be read again.
  url.searchParams.set('version', String(statSync(file).mtimeMs))
  let module: { readonly default?: unknown }
  try {
    module = await import(url.href)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new SluiceError('SLUICE_CONFIG_INVALID', `${name} cannot be loaded: ${why}`, { cause })
  }
  if (module.default === undefined) {
    throw new SluiceError(
      'SLUICE_CONFIG_INVALID',
      `${name} has no default export: write \`export default defineConfig({ … })\``,
    )
  }
  return module.default
}
