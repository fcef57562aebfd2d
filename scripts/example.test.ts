import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { command } from '../apps/gateway/test/harness/command.ts'
import { temporaryFolder } from '../apps/gateway/test/harness/folder.ts'
import { run } from './run.ts'

const example = 'examples/detector-codenames'
const folder = join(import.meta.dirname, '..')
const config = `${example}/sluice.yaml`
const bun = process.execPath

test('its own test passes, and says so of four things', async () => {
  const { ok, output } = await run({ name: 'test', command: [bun, 'test', `./${example}`] })
  expect(output).toMatch(/^ 4 pass$/m)
  expect(ok).toBe(true)
}, 20_000)

test('it compiles', async () => {
  const tsc = join(folder, 'node_modules', '.bin', 'tsc')
  const { output } = await run({ name: 'types', command: [bun, tsc, '-p', `${example}/tsconfig.json`] })
  expect(output).toBe('')
}, 20_000)

test('sluice check loads it by its path, and warns as the page says', async () => {
  const { code, stderr } = await command(['check', '--config', config], { folder })
  expect(code).toBe(0)
  expect(stderr).toContain('cannot REDACT in streamed responses')
})

test('sluice scan finds what the page says, and passes by what is clean', async () => {
  const found = await command(['scan', '--config', config], { folder, stdin: 'We ship Blue-Bird in May.\n' })
  expect(found).toMatchObject({ code: 1, stdout: '-:1:9  IP_CODENAME  HIGH\n' })
  const clean = await command(['scan', '--config', config], { folder, stdin: 'two blue birds\n' })
  expect(clean).toMatchObject({ code: 0, stdout: '' })
})

test('its options are checked: a name that is no word is an error', async () => {
  const text = 'plugins: [{ use: ./examples/detector-codenames/index.ts, options: { names: ["a.*"] } }]\napps: []\n'
  using other = temporaryFolder({ 'sluice.yaml': text.replace('./examples', `${folder}/examples`) })
  const { code, stderr } = await command(['check'], { folder: other.path })
  expect(code).toBe(1)
  expect(stderr).toContain('plugins[0].options.names[0]')
})

describe('the example of an adapter', () => {
  const example = 'examples/adapter-parrot'

  test('its own test passes', async () => {
    const { ok, output } = await run({ name: 'test', command: [bun, 'test', `./${example}`] })
    expect(output).toMatch(/^ 8 pass$/m)
    expect(ok).toBe(true)
  }, 20_000)

  test('it compiles', async () => {
    const tsc = join(folder, 'node_modules', '.bin', 'tsc')
    const { output } = await run({ name: 'types', command: [bun, tsc, '-p', `${example}/tsconfig.json`] })
    expect(output).toBe('')
  }, 20_000)

  test('sluice routes loads it by its path, and lists what it takes', async () => {
    const { code, stdout } = await command(['routes', '--config', `${example}/sluice.yaml`], { folder })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^POST +\/v1\/say +inspected +say +parrot/m)
  })
})
