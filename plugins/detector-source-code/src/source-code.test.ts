import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DetectorInstance, Finding } from '@sluice/core'
import { findIn, scanPieces, splitAt, testDetector } from '@sluice/testing'
import fc from 'fast-check'
import sourceCode, { buildIndex, type SourceCodeOptions } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'sluice-source-'))
const key = 'a key for tests, of no use elsewhere'
const setup = {
  instance: 'code',
  folder,
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: () => 0,
}

async function create(options: SourceCodeOptions = {}): Promise<DetectorInstance> {
  return await sourceCode.create({ index: 'code.slfp', key, ...options }, setup)
}

async function found(text: string, options?: SourceCodeOptions): Promise<readonly Finding[]> {
  return (await findIn(await create(options), text)).filter(({ type }) => type === 'IP_SOURCE_CODE')
}

/** A module that nobody else has: each line its own names, signs enough. */
function moduleOf(name: string, lines: number): string {
  return Array.from(
    { length: lines },
    (_, at) => `const ${name}${at} = ${name}Of(first${at}.left${at}, [${at}]) && !done${at}`,
  )
    .map((line) => `${line};\n`)
    .join('')
}

const own = moduleOf('ledger', 40)
const renamed = own.replaceAll('ledger', 'account').replaceAll('first', 'head').replaceAll('done', 'over')

beforeAll(() => {
  mkdirSync(join(folder, 'repository', 'node_modules'), { recursive: true })
  writeFileSync(join(folder, 'repository', 'ledger.ts'), own)
  writeFileSync(join(folder, 'repository', 'node_modules', 'theirs.ts'), moduleOf('theirs', 20))
  writeFileSync(join(folder, 'repository', 'logo.png'), `\0${moduleOf('logo', 20)}`)
  const folders = [join(folder, 'repository')]
  writeFileSync(join(folder, 'code.slfp'), buildIndex({ folders, key }).bytes)
  writeFileSync(join(folder, 'names.slfp'), buildIndex({ folders, key, normalise: 'identifiers' }).bytes)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const part = own.split('\n').slice(10, 22).join('\n')

describe('conformance', () => {
  const block = Array.from({ length: 12 }, (_, at) => `  total${at} += price(items[${at}]);`)
    .join('\n')
    .trim()
  testDetector(
    () => create({ blockLines: 12 }),
    {
      IP_SOURCE_CODE: {
        found: [],
        clean: [
          moduleOf('other', 40),
          'const ledger0 = 1;\nconst ledger1 = 2;',
          '',
          'The ledger of the first half is done.',
        ],
      },
      SOURCE_CODE_BLOCK: {
        found: [`Please review:\n\n[[${block}]]\n\nThanks!`, `  [[${block.replaceAll('\n', '\n\n// why\n')}]]`],
        clean: [
          block.split('\n').slice(1).join('\n'),
          'A sentence, and one more.\n'.repeat(40),
          '  "name": "value",\n'.repeat(40),
          '- key: value\n'.repeat(40),
          '| a | b |\n'.repeat(40),
          '2026-01-02 10:00:00 INFO started worker(3);\n'.repeat(40),
        ],
      },
    },
    {
      // Where a run of fingerprints begins is for the hashes to say: its findings are held to laws of their own below.
      test: (name, run) => void (name.startsWith('every type has') || test(name, run)),
      stress: [own, '(a=b)', '/*', '//', '\n', 'x('],
    },
  )
})

test('a copied part is found where it stands, with counts and no names', async () => {
  const before = `${moduleOf('mine', 5)}\n`
  const [finding, ...others] = await found(`${before}${part}\nThat is all.`)
  expect(others).toEqual([])
  expect(finding?.start).toBeGreaterThanOrEqual(before.length)
  expect(finding?.end).toBeLessThanOrEqual(before.length + part.length)
  expect(finding?.data).toMatchObject({ rule: 'fingerprints', files: 1 })
})

test('spaces, comments, quotes and semicolons make no difference', async () => {
  const styled = part
    .split('\n')
    .map((line) => `\t${line.replace(';', '').replaceAll(' = ', '   =   ')} // note\n/* more */\n * and more\n`)
    .join('\n')
  expect(await found(styled)).toHaveLength(1)
})

test('other names are other code, unless the index says otherwise', async () => {
  expect(await found(renamed)).toEqual([])
  expect(await found(renamed, { index: 'names.slfp' })).toHaveLength(1)
})

test('what stands in dependencies, binary files or foreign code is not registered', async () => {
  expect(await found(moduleOf('theirs', 20))).toEqual([])
  expect(await found(moduleOf('logo', 20))).toEqual([])
  const except = buildIndex({ folders: [join(folder, 'repository')], except: [join(folder, 'repository')], key })
  expect(except.fingerprints).toBe(0)
})

test('the index does not hold the code, and is of no use without the key', async () => {
  const bytes = readFileSync(join(folder, 'code.slfp'))
  expect(bytes.toString('latin1')).not.toContain('ledger')
  await expect(create({ key: 'another key of some length' })).rejects.toThrow('another key')
  const other = buildIndex({ folders: [join(folder, 'repository')], key: 'another key of some length' }).bytes
  expect(Buffer.from(other).subarray(16)).not.toEqual(bytes.subarray(16))
})

test('the command makes the same index', () => {
  const out = join(folder, 'made.slfp')
  const args = ['--conditions=sluice-source', join(import.meta.dirname, 'make-index.ts'), '--out', out]
  const env = { ...process.env, SOURCE_CODE_KEY: key }
  const said = execFileSync(process.execPath, [...args, join(folder, 'repository')], { env, encoding: 'utf8' })
  expect(said).toContain('fingerprints of 1 files')
  expect(readFileSync(out)).toEqual(readFileSync(join(folder, 'code.slfp')))
})

test('what is wrong with an index is said when the gateway starts', async () => {
  const bytes = readFileSync(join(folder, 'code.slfp'))
  const spoilt: readonly [name: string, bytes: Uint8Array, message: string][] = [
    ['text.slfp', Buffer.from('const a = 1 and some more text'), 'is no index'],
    ['short.slfp', bytes.subarray(0, -5), 'is not whole'],
    ['later.slfp', Buffer.concat([bytes.subarray(0, 4), Buffer.of(2), bytes.subarray(5)]), 'is of version 2'],
  ]
  for (const [name, content, message] of spoilt) {
    writeFileSync(join(folder, name), content)
    await expect(create({ index: name })).rejects.toThrow(message)
  }
  await expect(create({ index: 'none.slfp' })).rejects.toThrow('cannot be read')
  await expect(async () => await sourceCode.create({ index: 'code.slfp' }, setup)).toThrow('needs the key')
  await expect(async () => await sourceCode.create({ blockLines: false }, setup)).toThrow('nothing to look for')
})

/** Tokens of one line of `moduleOf`: const n = n ( n . n [ n ] ) & & ! n. */
const tokensPerLine = 16

test('so many lines are always found, wherever they were copied from and however the text is cut', async () => {
  const { k, w } = { k: 16, w: 8 }
  for (const minFingerprints of [1, 4, 8]) {
    const detector = await create({ minFingerprints, minLines: 1, blockLines: false })
    const enough = Math.ceil((minFingerprints * w + k - 1) / tokensPerLine)
    await fc.assert(
      fc.asyncProperty(fc.nat(40 - enough), fc.nat(9), fc.infiniteStream(fc.nat(200)), async (from, around, cuts) => {
        const copied = own
          .split('\n')
          .slice(from, from + enough)
          .join('\n')
        const text = `${moduleOf('around', around)}\n${copied}\n${moduleOf('after', around)}`
        const whole = scanPieces(detector, [text])
        expect(whole).toHaveLength(1)
        const places = [...cuts.take(5)].map((cut) => (cut * 7919) % text.length).sort((a, b) => a - b)
        expect(scanPieces(detector, splitAt(text, places))).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  }
})

test('prose and code that is not registered are left alone', async () => {
  const word = fc.stringMatching(/^[a-z]{1,9}$/)
  const line = fc.tuple(word, word, word).map(([a, b, c]) => `${a}.${b}(${c}) = [${a}]`)
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 60 }), async (lines) => {
      expect(await found(lines.join('\n'))).toEqual([])
    }),
    { numRuns: 50 },
  )
})
