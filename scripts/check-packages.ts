/** Builds every package and holds its shape to what publishing needs: publint, and types that resolve (attw). */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, runAll, type Step } from './run.ts'

const bun = process.execPath
const tool = (name: string): readonly string[] => [bun, join(root, 'node_modules', '.bin', name)]

const built = await runAll([{ name: 'build', command: [...tool('turbo'), 'run', 'build', '--ui=stream'] }], 1)
if (!built) process.exit(1)

const tarballs = mkdtempSync(join(tmpdir(), 'sluice-packages-'))
const packs: Step[] = []
const steps: Step[] = []
for (const group of ['packages', 'plugins', 'apps']) {
  for (const name of readdirSync(join(root, group))) {
    const folder = join(root, group, name)
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (typeof manifest === 'object' && manifest !== null && 'private' in manifest && manifest.private === true)
      continue
    if (!existsSync(join(folder, 'README.md'))) {
      steps.push({ name: `${group}/${name} has a README.md`, command: [bun, '-e', 'process.exit(1)'] })
    }
    const tarball = join(tarballs, `${name}.tgz`)
    packs.push({ name: `pack ${group}/${name}`, command: [bun, 'pm', 'pack', '--filename', tarball], folder })
    steps.push({
      name: `publint ${group}/${name}`,
      command: [...tool('publint'), folder, '--strict', '--pack', 'false'],
    })
    // The packages are for ESM alone, which is the only finding left out.
    steps.push({
      name: `attw ${group}/${name}`,
      command: [...tool('attw'), tarball, '--profile', 'esm-only', '--format', 'ascii'],
    })
  }
}
const ok = (await runAll(packs, 2)) && (await runAll(steps, 2))
rmSync(tarballs, { recursive: true, force: true })
process.exit(ok ? 0 : 1)
