import { expect, test } from 'bun:test'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { temporaryFolder } from '../../test/harness/folder.ts'
import { resolvePlugin, splitUse } from './resolve.ts'

const packageFiles = (name: string, place: string) => ({
  [`${place}/node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', exports: './index.js' }),
  [`${place}/node_modules/${name}/index.js`]: 'export default {}',
})

test('a package is found from the configuration folder first, then from the gateway', () => {
  using folder = temporaryFolder({
    ...packageFiles('both', 'config'),
    ...packageFiles('both', 'gateway'),
    ...packageFiles('@acme/only-gateway', 'gateway'),
  })
  const path = realpathSync(folder.path)
  const resolve = (name: string) => resolvePlugin(name, join(path, 'config'), join(path, 'gateway')).href
  expect(resolve('both')).toBe(pathToFileURL(join(path, 'config/node_modules/both/index.js')).href)
  expect(resolve('@acme/only-gateway')).toBe(
    pathToFileURL(join(path, 'gateway/node_modules/@acme/only-gateway/index.js')).href,
  )
})

test('a path starts from the configuration folder only', () => {
  using folder = temporaryFolder({ 'config/mine.mjs': '', 'gateway/theirs.mjs': '' })
  const path = realpathSync(folder.path)
  const resolve = (name: string) => resolvePlugin(name, join(path, 'config'), join(path, 'gateway')).href
  expect(resolve('./mine.mjs')).toBe(pathToFileURL(join(path, 'config/mine.mjs')).href)
  expect(() => resolve('./theirs.mjs')).toThrow(`there is no module ${join(path, 'config/theirs.mjs')}`)
})

test('the error names both places, and no name is guessed at', () => {
  using folder = temporaryFolder(packageFiles('sluice-detector-words', 'config'))
  const config = join(folder.path, 'config')
  const resolve = () => resolvePlugin('words', config, '/the/gateway')
  expect(resolve).toThrow(config)
  expect(resolve).toThrow('/the/gateway')
  expect(resolve).toThrow('bun add words')
})

test('what is no name is not looked for', () => {
  for (const name of [
    '',
    'a b',
    'https://evil.example/x.js',
    'file:///x.js',
    'data:text/javascript,1',
    '@acme',
    'a\nb',
  ]) {
    expect(() => resolvePlugin(name, '/tmp', '/tmp')).toThrow('neither a package name nor a path')
  }
})

test('what stands behind # is the export', () => {
  expect(splitUse('@acme/plugins#words')).toEqual({ specifier: '@acme/plugins', exported: 'words' })
  expect(splitUse('./x.mjs')).toEqual({ specifier: './x.mjs', exported: 'default' })
})
