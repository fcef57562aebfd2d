/** Everything that can be known without running the product: format, lint, types, imports, package shape, freshness. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, runAll, type Step } from './run.ts'

const bun = process.execPath
/** A tool of the registry, run by Bun: its launcher asks for Node, which need not be there. */
const tool = (name: string): readonly string[] => [bun, join(root, 'node_modules', '.bin', name)]

const projects = ['packages', 'plugins', 'apps']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
  .filter((folder) => existsSync(join(root, folder, 'tsconfig.json')))

const types: readonly Step[] = [...projects, 'scripts', 'bench', 'eval', 'fuzz'].map((folder) => ({
  name: `types ${folder}`,
  command: [...tool('tsc'), '-p', `${folder}/tsconfig.json`],
}))

const ok = await runAll(
  [
    { name: 'format and lint', command: [...tool('biome'), 'ci', '--colors=off', '--error-on-warnings', '.'] },
    { name: 'imports between packages', command: [bun, 'scripts/check-imports.ts'] },
    { name: 'generated files', command: [bun, '--conditions=sluice-source', 'scripts/generate.ts', '--check'] },
    ...types,
    { name: 'package shape', command: [bun, 'scripts/check-packages.ts'] },
  ],
  2,
)
process.exit(ok ? 0 : 1)
