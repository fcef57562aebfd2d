import { expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command } from '../harness/command.ts'
import { temporaryFolder } from '../harness/folder.ts'

const app = 'ac_demo00000000'
const config = `plugins: [{ use: '@sluice/adapter-openai' }]
apps: [{ id: ${app}, name: Demo }]
keys: [{ app: ${app}, name: written, hash: 'sha256:${'ab'.repeat(32)}', expires: 2020-01-01 }]
`

test('a key is printed once and alone, listed by its first characters, and revoked', async () => {
  using folder = temporaryFolder({ 'sluice.yaml': config })
  const run = (...words: string[]) => command(['keys', ...words], { folder: folder.path })

  const created = await run('create', '--app', app, '--name', 'ci', '--expires', '2999-01-31T12:00:00Z')
  expect(created).toMatchObject({ code: 0, stderr: '' })
  expect(created.stdout).toMatch(/^detect_live_[A-Za-z0-9_-]{40}\n$/)
  const key = created.stdout.trim()

  const listed = await run('list', '--json')
  const rows = listed.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows).toMatchObject([
    { app, name: 'ci', prefix: key.slice(0, 16), state: 'active', expires: '2999-01-31T12:00:00.000Z' },
    { app, name: 'written', state: 'expired' },
  ])
  expect(listed.stdout).not.toContain(key)

  const revoked = await run('revoke', rows[0].id)
  expect(revoked).toMatchObject({ code: 0, stdout: '' })
  expect((await run('list')).stdout).toContain('revoked')

  const store = join(folder.path, '.sluice')
  for (const file of readdirSync(store)) {
    expect(statSync(join(store, file)).mode & 0o077).toBe(0)
    const bytes = readFileSync(join(store, file))
    expect(bytes.includes(key)).toBe(false)
    expect(bytes.includes(key.slice(20))).toBe(false)
  }
  const hash = createHash('sha256').update(key).digest('hex')
  expect(readdirSync(store).some((file) => readFileSync(join(store, file)).includes(`sha256:${hash}`))).toBe(true)
}, 20_000)

test('mistakes are told on standard error with exit code 2', async () => {
  using folder = temporaryFolder({ 'sluice.yaml': config })
  const run = (...words: string[]) => command(['keys', ...words], { folder: folder.path })
  const cases: [Promise<{ code: number | null; stdout: string; stderr: string }>, string][] = [
    [run('create', '--app', 'ac_demo00000001', '--name', 'x'), 'did you mean "ac_demo00000000"?'],
    [run('create', '--app', app, '--name', 'x', '--expires', 'tomorrow'), '--expires takes a date'],
    [run('create', '--app', app, '--name', 'x', '--expires', '2020-01-01'), 'lies in the past'],
    [run('create', '--app', app), "required option '--name <name>'"],
    [run('revoke', 'key_000000000000'), 'there is no key key_000000000000'],
    [run('revoke', `key_${'ab'.repeat(6)}`), 'stands in sluice.yaml'],
    [run('list', '--config', 'none.yaml'), 'there is no configuration file'],
    [run('lst'), "unknown command 'lst'"],
  ]
  for (const [running, reason] of cases) {
    const { code, stdout, stderr } = await running
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toStartWith('error: ')
    expect(stderr).toContain(reason)
  }
}, 20_000)

test('the hash of a provider credential pins it', async () => {
  using folder = temporaryFolder({ 'sluice.yaml': config })
  const hash = (stdin: string) => command(['credential-hash'], { folder: folder.path, stdin })
  const first = await hash('Bearer sk-one\n')
  expect(first.code).toBe(0)
  expect(first.stdout).toMatch(/^hmac:[0-9a-f]{64}\n$/)
  expect((await hash('Bearer sk-one')).stdout).toBe(first.stdout)
  expect((await hash('Bearer sk-two')).stdout).not.toBe(first.stdout)
  expect((await hash('')).code).toBe(2)

  const pinned = (header: string) =>
    config.replace('name: Demo', `name: Demo, credentials: { ${header}: ['${first.stdout.trim()}'] }`)
  writeFileSync(join(folder.path, 'sluice.yaml'), pinned('authorization'))
  expect((await command(['check'], { folder: folder.path })).code).toBe(0)
  writeFileSync(join(folder.path, 'sluice.yaml'), pinned('authorisation'))
  expect(await command(['check'], { folder: folder.path })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('did you mean "authorization"?'),
  })
}, 20_000)
