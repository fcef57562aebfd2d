import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { SluiceError } from '@sluice/core'

const packageName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*(?:\/[A-Za-z0-9._~/-]+)?$/
/** The gateway's package, two folders above this module in the sources and in what is built from them. */
const ownFolder = fileURLToPath(new URL('../../', import.meta.url))

/** What `use` says: a module, and the export of it that is the plugin. */
export function splitUse(use: string): { readonly specifier: string; readonly exported: string } {
  const at = use.indexOf('#')
  return at < 0 ? { specifier: use, exported: 'default' } : { specifier: use.slice(0, at), exported: use.slice(at + 1) }
}

/**
 * The module behind a plugin's name. `./x` starts from the configuration file's folder; a package is looked for from
 * there and then from the gateway's own installation. Exact names: no prefix is guessed and nothing is installed.
 * @throws SluiceError SLUICE_PLUGIN_NOT_FOUND, naming the places
 */
export function resolvePlugin(specifier: string, folder: string, own: string = ownFolder): URL {
  const isPath = /^\.{0,2}\//.test(specifier)
  if (!isPath && !packageName.test(specifier)) {
    throw new SluiceError(
      'SLUICE_PLUGIN_NOT_FOUND',
      `${JSON.stringify(specifier)} is neither a package name nor a path that begins with ./`,
    )
  }
  const places = isPath ? [folder] : [folder, own]
  for (const place of places) {
    try {
      // The file need not exist: it only says which folder to look from.
      return pathToFileURL(createRequire(pathToFileURL(join(place, 'sluice.config.js'))).resolve(specifier))
    } catch {
      // Not here. Why not does not matter: the error below names every place.
    }
  }
  throw new SluiceError(
    'SLUICE_PLUGIN_NOT_FOUND',
    isPath
      ? `there is no module ${join(folder, specifier)}`
      : `the package ${specifier} is installed neither where the configuration file is (${places[0]}) nor with the gateway (${places[1]}): install it in one of the two, for instance with \`bun add ${specifier}\``,
  )
}
