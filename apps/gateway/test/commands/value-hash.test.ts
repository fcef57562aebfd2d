import { expect, test } from 'bun:test'
import { command } from '../harness/command.ts'
import { temporaryFolder } from '../harness/folder.ts'

const key = 'sixteen characters and more'

test('values are hashed line by line, and found by the configuration that lists the hashes', async () => {
  using folder = temporaryFolder({})
  const hash = (stdin: string, environment: Record<string, string> = { LIST_KEY: key }) =>
    command(['value-hash', '--key-env', 'LIST_KEY'], { folder: folder.path, stdin, environment })
  const made = await hash('Ada Lovelace\n\nK-778812\n')
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(made.stdout).toMatch(/^(?:exact:\d+:[0-9a-f]{6}:[0-9a-f]{64}\n){2}$/)

  const short = await hash('Ada Lovelace\nx\n')
  expect(short).toMatchObject({ code: 2, stdout: '' })
  expect(short.stderr).toContain('line 2: a value has at least 4')
  expect((await hash('Ada Lovelace', {})).stderr).toContain('LIST_KEY holds no key')
  expect((await hash('\n')).code).toBe(2)

  const hashes = JSON.stringify(made.stdout.trim().split('\n'))
  const config = `plugins:
  - use: '@sluice/adapter-openai'
  - use: '@sluice/detector-custom'
    options: { exact: [{ hashes: ${hashes}, key: '\${env:LIST_KEY}', type: CUSTOM_CUSTOMER, severity: HIGH }] }
apps: [{ id: ac_demo00000000, name: Demo }]
`
  using configured = temporaryFolder({ 'sluice.yaml': config })
  const scan = (stdin: string) =>
    command(['scan', '--json'], { folder: configured.path, stdin, environment: { LIST_KEY: key } })
  expect(await scan('a letter of ada-lovelace, 778')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('CUSTOM_CUSTOMER'),
  })
  expect((await scan('a letter of Ada King')).code).toBe(0)
}, 30_000)
