import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { demoConfig } from '../../src/commands/demo-config.ts'
import { command } from '../harness/command.ts'
import { temporaryFolder } from '../harness/folder.ts'
import { linkCore, wordDetector } from '../harness/plugins.ts'

const check = (folder: string, ...words: string[]) => command(['check', ...words], { folder })

const valid = `plugins: [{ use: '@sluice/adapter-openai' }, { use: ./words.mjs }]
apps: [{ id: ac_demo00000000, name: Demo, policies: [no-words, watch] }]
policies:
  - { id: no-words, match: { types: [IP_WORD], lifecycle: [EGRESS] }, action: REDACT }
  - { id: watch, match: {}, action: BLOCK, mode: shadow }
`

test('exit code 0 for a valid configuration, with a warning for a rule that cannot act on observed streams', async () => {
  using folder = temporaryFolder({ 'sluice.yaml': valid, 'words.mjs': wordDetector })
  linkCore(folder.path)
  const { code, stdout, stderr } = await check(folder.path)
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  const warnings = stderr.split('\n').filter((line) => line.startsWith('warning: '))
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('policy no-words cannot REDACT in streamed responses of ac_demo00000000')
  expect(existsSync(join(folder.path, '.sluice'))).toBe(false)
})

test('exit code 1 for an invalid one and for none', async () => {
  using folder = temporaryFolder({ 'sluice.json': '{ "apps": [] , "apps": []}' })
  expect(await check(folder.path)).toMatchObject({ code: 1, stderr: expect.stringContaining('error: ') })
  using empty = temporaryFolder()
  expect(await check(empty.path)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('there is no configuration here'),
  })
})

test('.env files and proxies of the working folder change nothing', async () => {
  using folder = temporaryFolder({
    '.env': 'WORD=from-dotenv\n',
    'words.mjs': wordDetector,
    'sluice.yaml': valid.replace('{ use: ./words.mjs }', `{ use: ./words.mjs, options: { word: '\${env:WORD}' } }`),
  })
  linkCore(folder.path)
  expect(await check(folder.path)).toMatchObject({ code: 1, stderr: expect.stringContaining('SLUICE_SECRET_MISSING') })
})

test("the first start's configuration is valid, and so are the examples that stand in it as comments", async () => {
  const text = demoConfig('./schema.json')
  const uncommented = text.replace(/^( *)# (- |use:|allowedModels:|policies:|match:|action:| {2})/gm, '$1$2')
  expect(uncommented).not.toBe(text)
  using folder = temporaryFolder({ 'sluice.yaml': text, 'examples.yaml': uncommented })
  expect(await check(folder.path)).toMatchObject({ code: 0 })
  expect(await check(folder.path, '--config', 'examples.yaml')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('policies: 1'),
  })
})
