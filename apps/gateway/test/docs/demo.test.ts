import { expect, test } from 'bun:test'
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../harness/folder.ts'

const demo = fileURLToPath(new URL('../../demo/demo.ts', import.meta.url))

/** Runs the demonstration as `bun run demo` does, with a temporary folder of its own. */
function run(temporary: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const flags = ['--no-install', '--no-env-file', '--conditions=sluice-source']
    const child = spawn(process.execPath, [...flags, demo], {
      env: { PATH: process.env['PATH'], TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

test('the demonstration shows each thing it names, ends by itself and leaves nothing behind', async () => {
  using folder = temporaryFolder()
  const { code, stdout, stderr } = await run(folder.path)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(readdirSync(folder.path)).toEqual([])
  // No terminal, no colours.
  expect(stdout).not.toContain('\u001b')

  const steps = stdout.split(/\n\n(?=\d\. )/).slice(1)
  expect(steps).toHaveLength(5)
  const [clean = '', blocked = '', filtered = '', observed = '', redacted = ''] = steps
  expect(clean).toContain('answered   Paris. (finish_reason stop)')
  expect(clean).toMatch(/record {5}forwarded, ALLOW/)
  expect(blocked).toContain('answered   Content blocked due to policy violations (finish_reason content_filter)')
  expect(blocked).toMatch(/record {5}blocked, BLOCK, by no-cards-out, FINANCIAL_CARD_NUMBER \(HIGH\)/)
  expect(blocked).toMatch(/provider {3}was not called/)
  expect(filtered).toMatch(/record {5}forwarded, ALLOW, without run_shell_command \(TOOL_CAPABILITY_DENIED\)/)
  expect(filtered).toMatch(/provider {3}was offered get_weather$/m)
  expect(observed.replaceAll('|', '')).toContain('answered   Write to ada.lovelace@engine-works.com, she knows.')
  expect(observed).toMatch(/record {5}forwarded, REDACT, in effect LOG, by no-addresses-in, PII_EMAIL/)
  expect(redacted).toContain('answered   Write to [REDACTED], she knows.')
}, 20_000)
