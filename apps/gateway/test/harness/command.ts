import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly folder: string
  readonly environment?: Readonly<Record<string, string>>
  readonly stdin?: string
}

/** Starts `sluice` in a process of its own, in a folder of its own. */
export function startCommand(words: readonly string[], { folder, environment }: CommandOptions): ChildProcess {
  return spawn(
    process.execPath,
    ['--no-install', '--no-env-file', '--conditions=sluice-source', main, ...words],
    // Nothing of this process's environment but the path: what a test needs it names.
    { cwd: folder, env: { PATH: process.env['PATH'], ...environment }, stdio: ['pipe', 'pipe', 'pipe'] },
  )
}

/** Runs `sluice` to its end. */
export async function command(words: readonly string[], options: CommandOptions): Promise<Ran> {
  const child = startCommand(words, options)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdin?.end(options.stdin ?? '')
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout, stderr }
}

/** Resolves with the first match in what a process says on standard error. Rejects when it ends without one. */
export function said(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stderr?.on('data', (chunk) => {
      text += chunk
      const match = pattern.exec(text)
      if (match !== null) resolve(match)
    })
    child.once('close', (code) => reject(new Error(`ended with ${code} before it said ${pattern}:\n${text}`)))
  })
}

export function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('close', resolve))
}
