// Runs before every script that needs dependencies: installs them if one is missing or the lockfile has changed.
// Imports nothing but `node:` modules, and says what it does on standard error: standard output belongs to the script.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.sluice-installed')
const lock = join(root, '.sluice-installing.lock')

/** Whoever installs touches the lock; one that nobody has touched for so long was left behind by a process that died. */
const touchMs = 1_000
const staleMs = 15_000
const giveUpMs = 300_000

const isInstalled = () => isStamped() && workspaces().every(hasDependencies)

if (!isInstalled()) {
  await takeLock()
  try {
    // Another may have installed while this one waited.
    if (!isInstalled()) process.exitCode = await install()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function isStamped(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfileHash()
}

function lockfileHash(): string {
  return createHash('sha256')
    .update(readFileSync(join(root, 'bun.lock')))
    .digest('hex')
}

function workspaces(): string[] {
  const within = ['packages', 'apps', 'plugins'].flatMap((group) => {
    const folder = join(root, group)
    return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
  })
  return [root, ...within].filter((folder) => existsSync(join(folder, 'package.json')))
}

function hasDependencies(folder: string): boolean {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) =>
    [folder, root].some((place) => existsSync(join(place, 'node_modules', name))),
  )
}

/** Making a folder succeeds for one of several, however close together they start. */
async function takeLock(): Promise<void> {
  const started = Date.now()
  for (;;) {
    try {
      mkdirSync(lock)
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    if (idleMs(lock) > staleMs) rmSync(lock, { recursive: true, force: true })
    if (Date.now() - started > giveUpMs) {
      console.error(`error: another installation does not end. If none is running, remove ${lock}`)
      process.exit(2)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function idleMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    // Gone: whoever held it is done.
    return 0
  }
}

async function install(): Promise<number> {
  console.error('Installing dependencies …')
  const touching = setInterval(() => utimesSync(lock, new Date(), new Date()), touchMs)
  // The second 2: what the installer says on standard output goes to standard error.
  const installer = spawn(process.execPath, ['install', '--frozen-lockfile'], { cwd: root, stdio: ['ignore', 2, 2] })
  const code = await new Promise<number>((resolve) => {
    installer.once('error', () => resolve(2))
    installer.once('exit', (exitCode) => resolve(exitCode ?? 2))
  })
  clearInterval(touching)
  if (code === 0) {
    mkdirSync(dirname(stamp), { recursive: true })
    writeFileSync(stamp, lockfileHash())
  } else {
    console.error(`error: \`bun install --frozen-lockfile\` failed with exit code ${code}`)
  }
  return code
}
