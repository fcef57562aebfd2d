import { expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../apps/gateway/test/harness/folder.ts'
import { root } from './run.ts'

const bun = process.execPath
const configuration = `store: { options: { path: ":memory:" } }
plugins:
  - use: "@sluice/adapter-openai"
  - use: packed-detector
    options: { words: [{ word: Bluebird, type: IP_CODENAME, severity: HIGH }] }
apps: [{ id: ac_outside00000, name: Outside }]
`

function run(cwd: string, words: readonly string[], input = ''): { code: number | null; stdout: string } {
  const { status, stdout, stderr } = spawnSync(bun, [...words], { cwd, input, encoding: 'utf8' })
  if (status === null || status > 1) throw new Error(`${words.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return { code: status, stdout: `${stdout}${stderr}` }
}

/**
 * What a registry would hold. Everything is built first: the gateway too, because one that runs from its sources takes
 * packages by their sources, which no package on a registry has.
 */
function pack(folder: string): Readonly<Record<string, string>> {
  run(root, [join(root, 'node_modules', '.bin', 'turbo'), 'run', 'build', '--ui=stream', '--filter=@sluice/gateway...'])
  const packed: Record<string, string> = {}
  for (const name of ['packages/core', 'packages/detect', 'plugins/detector-custom']) {
    const { stdout } = run(join(root, name), ['pm', 'pack', '--destination', folder, '--quiet', '--ignore-scripts'])
    packed[name] = `file:${stdout.trim().split('\n').at(-1)}`
  }
  return packed
}

test('a packed plugin, installed with its own core outside the repository, is loaded by sluice check', () => {
  using folder = temporaryFolder({ 'app/sluice.yaml': configuration, 'tarballs/.keep': '' })
  const tarballs = pack(join(folder.path, 'tarballs'))
  const core = tarballs['packages/core'] ?? ''
  const manifest = {
    name: 'outside',
    private: true,
    // By a name of its own: the gateway's copy cannot be taken for it.
    dependencies: { '@sluice/core': core, 'packed-detector': tarballs['plugins/detector-custom'] },
    overrides: { '@sluice/core': core, '@sluice/detect': tarballs['packages/detect'] },
  }
  const app = join(folder.path, 'app')
  writeFileSync(join(app, 'package.json'), JSON.stringify(manifest))
  expect(run(app, ['install', '--no-summary']).code).toBe(0)

  // Nothing of the repository: no link, no source, and no dependency that only this repository could resolve.
  const installed = realpathSync(join(app, 'node_modules', 'packed-detector'))
  expect(installed).toStartWith(realpathSync(folder.path))
  const files = readdirSync(installed).filter((name) => !name.startsWith('.'))
  expect(files.toSorted()).toEqual(['README.md', 'dist', 'package.json', 'src'])
  expect(realpathSync(join(app, 'node_modules', '@sluice', 'core'))).toStartWith(realpathSync(folder.path))
  expect(readFileSync(join(installed, 'package.json'), 'utf8')).not.toContain('workspace:')

  const built = [join(root, 'apps/gateway/dist/main.js')]
  // A gateway that runs from its sources asks for the sources of packages too.
  const fromSources = ['--conditions=sluice-source', join(root, 'apps/gateway/src/main.ts')]
  for (const main of [built, fromSources]) {
    const sluice = ['--no-install', '--no-env-file', ...main]
    const checked = run(app, [...sluice, 'check'])
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining('sluice.yaml is valid') })
    const scanned = run(app, [...sluice, 'scan'], 'We ship Bluebird in May.\n')
    expect(scanned).toEqual({ code: 1, stdout: '-:1:9  IP_CODENAME  words-1  HIGH\n' })
  }
}, 60_000)
