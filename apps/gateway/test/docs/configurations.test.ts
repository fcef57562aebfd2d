import { expect, test } from 'bun:test'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { command } from '../harness/command.ts'
import { temporaryFolder } from '../harness/folder.ts'
import { fencesOf, pages, root } from './pages.ts'

const adapter = "  - use: '@sluice/adapter-openai'\n"
const app = 'apps: [{ id: ac_000000000000, name: Docs }]\n'

/** A README shows a plugin or a store alone: what every configuration needs besides is added. */
function whole(code: string): string {
  const plugins = code.includes('plugins:') ? code : `${code}\nplugins:\n`
  const adapted = plugins.includes('@sluice/adapter-') ? plugins : plugins.replace('plugins:\n', `plugins:\n${adapter}`)
  return adapted.includes('apps:') ? adapted : `${adapted}\n${app}`
}

for (const page of pages) {
  for (const [number, { language, code }] of fencesOf(page).entries()) {
    // `example.test.ts` loads those that name a module of the example's.
    if (language !== 'yaml' || code.includes('./index.ts')) continue
    // It says what it needs besides: a model, an index, a key of the reader's own.
    if (code.includes('# needs ')) continue
    test(`${page}: block ${number + 1} is a valid configuration`, async () => {
      using folder = temporaryFolder({ 'sluice.yaml': whole(code) })
      const { code: exit, stderr } = await command(['check'], { folder: folder.path })
      expect({ exit, errors: exit === 0 ? '' : stderr }).toEqual({ exit: 0, errors: '' })
    })
  }
}

test('docs/configuration.md: the configuration in TypeScript is valid', async () => {
  const [block] = fencesOf('docs/configuration.md').filter(({ language }) => language === 'ts')
  using folder = temporaryFolder({ 'sluice.config.ts': block?.code ?? '' })
  mkdirSync(join(folder.path, 'node_modules/@sluice'), { recursive: true })
  symlinkSync(join(root, 'apps/gateway'), join(folder.path, 'node_modules/@sluice/gateway'), 'dir')
  expect(await command(['check'], { folder: folder.path })).toMatchObject({ code: 0 })
})
