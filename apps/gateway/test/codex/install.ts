import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const version = '0.169.0'

/**
 * The Codex command line tool. It is no dependency of ours, for it unpacks to 404 MB: it is fetched from the registry on
 * first use, into a folder that stays, unless `SLUICE_CODEX` says where one is.
 */
export function codexCommand(): string {
  const given = process.env['SLUICE_CODEX']
  if (given !== undefined) return given
  const folder = join(tmpdir(), `sluice-codex-${version}`)
  const command = join(folder, 'node_modules', '.bin', 'codex')
  if (existsSync(command)) return command
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }))
  execFileSync(process.execPath, ['add', '--exact', `@openai/codex@${version}`], { cwd: folder, stdio: 'inherit' })
  return command
}
