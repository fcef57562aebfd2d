import { expect, test } from 'bun:test'
import { command } from '../harness/command.ts'
import { temporaryFolder } from '../harness/folder.ts'
import { linkCore, wordDetector } from '../harness/plugins.ts'

const config = `plugins:
  - use: '@sluice/adapter-openai'
  - { use: ./words.mjs, id: words }
apps:
  - { id: ac_demo00000000, name: Demo }
  - { id: ac_other0000000, name: Other, plugins: [{ id: words, options: { word: straw } }] }
`
const text = 'hay\n  😀 needle, hay\nneedle'

test('findings by type, rule, line and column, never by their text', async () => {
  using folder = temporaryFolder({ 'sluice.yaml': config, 'words.mjs': wordDetector, 'hay.txt': text })
  linkCore(folder.path)
  const plain = await command(['scan', 'hay.txt'], { folder: folder.path })
  expect(plain).toMatchObject({
    code: 1,
    stdout: 'hay.txt:2:6  IP_WORD  word  HIGH\nhay.txt:3:1  IP_WORD  word  HIGH\n',
    stderr: '',
  })
  const json = await command(['scan', '-', '--json'], { folder: folder.path, stdin: text })
  expect(json.code).toBe(1)
  const rows = json.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows).toMatchObject([
    { type: 'IP_WORD', rule: 'word', detector: 'words', line: 2, column: 6, start: 9, end: 15 },
    { line: 3, column: 1 },
  ])
  expect(plain.stdout + json.stdout).not.toContain('needle')
})

test('exit code 0 for a clean text, and for one that another AppContext would find fault with', async () => {
  using folder = temporaryFolder({ 'sluice.yaml': config, 'words.mjs': wordDetector })
  linkCore(folder.path)
  const scan = (stdin: string, ...words: string[]) => command(['scan', ...words], { folder: folder.path, stdin })
  expect(await scan('hay')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect((await scan('straw')).code).toBe(0)
  expect((await scan('straw', '--app', 'ac_other0000000')).code).toBe(1)
})

test('exit code 2 when nothing can be said', async () => {
  const failing = wordDetector.replace('const findings = []', "throw new Error('no')")
  using folder = temporaryFolder({ 'sluice.yaml': config, 'words.mjs': failing, 'hay.txt': text })
  linkCore(folder.path)
  const scan = (...words: string[]) => command(['scan', ...words], { folder: folder.path })
  expect(await scan('hay.txt')).toMatchObject({ code: 2, stderr: expect.stringContaining('not fully inspected') })
  expect(await scan('none.txt')).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be read') })
  expect(await scan('hay.txt', '--app', 'x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no AppContext'),
  })
})
