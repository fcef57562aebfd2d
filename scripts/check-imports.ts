/**
 * Arrows point one way: apps → plugins, core; plugins → core, detect, commands; core, commands → nothing here. Also: what is imported is
 * declared, relative imports name their `.ts` file and stay in their package, and core knows no runtime.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const rootManifest = manifestIn(root)
/** What the sources of each kind of package may import of ours. Tests may import what is a devDependency besides. */
const allowed: Readonly<Record<string, readonly string[] | 'declared'>> = {
  'packages/core': [],
  'packages/commands': [],
  'packages/detect': ['@sluice/core'],
  'packages/testing': ['@sluice/core'],
  plugins: ['@sluice/core', '@sluice/detect', '@sluice/commands'],
  apps: 'declared',
}

const problems: string[] = []
for (const group of ['packages', 'plugins', 'apps']) {
  for (const name of readdirSync(join(root, group))) checkPackage(`${group}/${name}`)
}
for (const problem of problems) console.error(problem)
console.log(`imports: ${problems.length} problems`)
process.exit(problems.length === 0 ? 0 : 1)

function checkPackage(folder: string): void {
  const manifest = manifestIn(join(root, folder))
  const rule = allowed[folder] ?? allowed[folder.split('/')[0] ?? ''] ?? 'declared'
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  for (const file of files) {
    if (!/\.ts$/.test(file) || /(^|\/)(node_modules|dist|fixtures)\//.test(file)) continue
    const path = join(root, folder, file)
    const isTest = /\.test\.ts$|(^|\/)(test|demo)\//.test(file)
    for (const specifier of importsOf(path)) {
      const problem = problemOf(specifier, path, folder, manifest, rule, isTest)
      if (problem !== undefined) problems.push(`${relative(root, path)}: ${specifier}: ${problem}`)
    }
  }
}

function problemOf(
  specifier: string,
  path: string,
  folder: string,
  manifest: Manifest,
  rule: readonly string[] | 'declared',
  isTest: boolean,
): string | undefined {
  if (specifier.startsWith('.')) {
    if (!/\.(ts|json)$/.test(specifier)) return 'a relative import names its file'
    const outside = relative(join(root, folder), resolve(dirname(path), specifier)).startsWith('..')
    return outside && !isTest ? 'leaves its package' : undefined
  }
  if (specifier.startsWith('node:') || specifier.startsWith('bun')) {
    if (specifier === 'bun:test')
      return isTest || folder === 'packages/testing' ? undefined : 'only tests import bun:test'
    return folder === 'packages/core' && !isTest ? 'core knows no runtime' : undefined
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  if (name === manifest.name) return undefined
  const runtime = { ...manifest.dependencies, ...manifest.peerDependencies }
  const known = isTest ? { ...runtime, ...manifest.devDependencies, ...rootManifest.devDependencies } : runtime
  if (!Object.hasOwn(known, name)) return 'is not declared in package.json'
  if (isTest || rule === 'declared' || !name.startsWith('@sluice/')) return undefined
  return rule.includes(name) ? undefined : 'points the wrong way'
}

function importsOf(path: string): readonly string[] {
  // Text that a program writes out may hold imports of its own.
  const source = readFileSync(path, 'utf8').replace(/`(?:\\.|[^`\\])*`/gs, '``')
  const found = new Set<string>()
  for (const match of source.matchAll(/^\s*(?:import|export)\b[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]/gm))
    found.add(match[1] ?? '')
  for (const match of source.matchAll(/^\s*import\s+['"]([^'"]+)['"]/gm)) found.add(match[1] ?? '')
  for (const match of source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) found.add(match[1] ?? '')
  found.delete('')
  return [...found]
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
