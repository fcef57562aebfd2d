import { expect, test } from 'bun:test'
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small repository whose one dependency is its own, so that nothing is fetched. */
function repository() {
  const root = mkdtempSync(join(tmpdir(), 'sluice-install-'))
  mkdirSync(join(root, 'scripts'))
  mkdirSync(join(root, 'packages', 'a'), { recursive: true })
  cpSync(join(import.meta.dirname, 'ensure-installed.ts'), join(root, 'scripts', 'ensure-installed.ts'))
  writeFileSync(join(root, 'packages', 'a', 'package.json'), '{ "name": "a", "version": "1.0.0" }')
  const manifest = { name: 'root', private: true, workspaces: ['packages/*'], dependencies: { a: 'workspace:*' } }
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest))
  spawnSync(process.execPath, ['install', '--lockfile-only'], { cwd: root })
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}

async function ensure(root: string): Promise<{ code: number | null; stdout: string; installed: boolean }> {
  const child = spawn(process.execPath, ['--no-install', '--no-env-file', 'scripts/ensure-installed.ts'], { cwd: root })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout, installed: stderr.includes('Installing') }
}

test('several that start at once install once, and say nothing on standard output', async () => {
  using repo = repository()
  const all = await Promise.all([ensure(repo.root), ensure(repo.root), ensure(repo.root)])
  expect(all.map(({ code, stdout }) => ({ code, stdout }))).toEqual(Array(3).fill({ code: 0, stdout: '' }))
  expect(all.filter(({ installed }) => installed)).toHaveLength(1)
  expect((await ensure(repo.root)).installed).toBe(false)
}, 20_000)

test('a dependency that is gone, and a lock left behind by a process that died', async () => {
  using repo = repository()
  await ensure(repo.root)
  rmSync(join(repo.root, 'node_modules', 'a'), { recursive: true })
  const lock = join(repo.root, '.sluice-installing.lock')
  mkdirSync(lock)
  utimesSync(lock, new Date(0), new Date(0))
  expect(await ensure(repo.root)).toEqual({ code: 0, stdout: '', installed: true })
}, 20_000)
