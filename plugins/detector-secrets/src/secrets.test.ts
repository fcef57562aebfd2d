import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { DetectorInstance } from '@sluice/core'
import { createPatternScan } from '@sluice/detect'
import { type DetectorFixtures, findIn, scanPieces, splitAt, testDetector, unmark } from '@sluice/testing'
import fc from 'fast-check'
import { expand } from '../test/expand.ts'
import secrets, { type SecretsOptions, type SecretType } from './index.ts'
import { secretRules } from './rules/index.ts'
import { secretTypes } from './types.ts'

const setup = {
  instance: 'secrets',
  folder: '.',
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: () => 0,
}

async function create(options: SecretsOptions = {}): Promise<DetectorInstance> {
  return await secrets.create(options, setup)
}

async function namesIn(text: string, options?: SecretsOptions): Promise<readonly unknown[]> {
  return (await findIn(await create(options), text)).map(({ data }) => data?.['rule'])
}

describe('each rule', () => {
  for (const rule of secretRules) {
    test(`${rule.name} finds its examples and leaves the others alone`, async () => {
      expect(rule.examples.found).not.toBeEmpty()
      expect(rule.examples.clean).not.toBeEmpty()
      const alone = createPatternScan([rule], secretTypes)
      for (const seed of [1, 2, 3]) {
        for (const template of rule.examples.found) {
          const { text, spans } = unmark(expand(template, seed))
          const found = (await findIn(alone, text)).map(({ start, end }) => [start, end])
          expect({ text, found }).toEqual({ text, found: spans.map((span) => [...span]) })
          expect(await namesIn(text)).toContain(rule.name)
        }
        for (const template of rule.examples.clean) {
          const text = expand(template, seed)
          expect({ text, found: await findIn(alone, text) }).toEqual({ text, found: [] })
        }
      }
    })
  }

  test('names are unique, lower-case words with dashes', () => {
    const names = secretRules.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  })
})

describe('conformance', () => {
  const fixtures: Record<string, { found: string[]; clean: string[] }> = {}
  for (const type of Object.keys(secretTypes)) fixtures[type] = { found: [], clean: [] }
  for (const rule of secretRules) {
    const ofType = fixtures[rule.type]
    // The first example of each rule; all of them alone are held to their rule above.
    const [found = ''] = rule.examples.found
    if (ofType === undefined) continue
    ofType.found.push(expand(found))
    ofType.clean.push(...rule.examples.clean.slice(0, 1).map((template) => expand(template)))
  }
  testDetector(create, fixtures as DetectorFixtures, {
    // The cost of some two thousand texts of 32 KB is measured, three ways each.
    test: (name, run) => test(name, run, 120_000),
    stress: [
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN ',
      'eyJ',
      'eyJhbGciOiJIUzI1NiJ9.',
      'sk-',
      'password=',
      '://a:',
      'token: ',
      '=:',
    ],
  })
})

test('law 3 holds for any mixture of halves of what is found', async () => {
  const detector = await create()
  const whole = secretRules.flatMap(({ examples }) =>
    [...examples.found, ...examples.clean].map((one) => unmark(expand(one)).text),
  )
  const parts = whole.flatMap((text) => [
    text,
    text.slice(0, text.length / 2),
    text.slice(text.length / 2),
    ' ',
    '\n',
    '"',
    '=',
  ])
  const text = fc.array(fc.constantFrom(...parts), { maxLength: 6 }).map((some) => some.join(''))
  fc.assert(
    fc.property(text, fc.array(fc.nat(2000), { maxLength: 12 }), (one, positions) => {
      const cuts = positions.map((position) => position % (one.length + 1)).sort((a, b) => a - b)
      expect(scanPieces(detector, splitAt(one, cuts))).toEqual([...scanPieces(detector, [one])])
    }),
    { seed: 11, numRuns: 3000 },
  )
})

/** litellm#41611 */
test('PITFALLS 1: a key split over two chunks is found as in the whole', async () => {
  const { text, spans } = unmark(expand('here: [[ghp_{an:36}]] and more'))
  const detector = await create()
  if (detector.mode !== 'scan') throw new Error('not a scan')
  for (let cut = 1; cut < text.length; cut++) {
    let state = detector.init({ id: 's0', direction: 'egress', kind: 'assistant', trust: 'model' })
    const steps = [text.slice(0, cut), text.slice(cut)].map((piece) => {
      const step = detector.push(state, piece)
      state = step.state
      return step.findings
    })
    const found = [...steps.flat(), ...detector.end(state).findings].map(({ start, end }) => [start, end])
    expect(found).toEqual(spans.map((span) => [...span]))
  }
})

/** litellm, ogx#5664 */
test('PITFALLS 32: a stream costs in proportion to its length', async () => {
  const detector = await create()
  if (detector.mode !== 'scan') throw new Error('not a scan')
  const scan = detector
  const text = expand('The key {hex:20} is -----BEGIN PRIVATE KEY----- and token: {b64:30} ').repeat(1200)
  const run = (length: number): number => {
    const began = performance.now()
    let state = scan.init({ id: 's0', direction: 'egress', kind: 'assistant', trust: 'model' })
    for (let at = 0; at < length; at += 8) state = scan.push(state, text.slice(at, at + 8)).state
    scan.end(state)
    return performance.now() - began
  }
  run(20_000)
  const short = Math.min(run(20_000), run(20_000), run(20_000))
  const long = Math.min(run(80_000), run(80_000), run(80_000))
  // Four times the text; a scan that began anew at every chunk would cost sixteen times as much.
  expect(long / short).toBeLessThan(9)
})

test('PITFALLS 70: a real key beside EXAMPLE is found, only the whole published value is not', async () => {
  const real = expand('AKIA{upper:16}')
  expect(await namesIn('AKIAIOSFODNN7EXAMPLE')).toEqual([])
  expect(await namesIn('aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')).toEqual([])
  expect(await namesIn(`AKIAIOSFODNN7EXAMPLE ${real} EXAMPLE`)).toEqual(['aws-access-key-id'])
  expect(await namesIn(`EXAMPLE=${real}`)).toEqual(['aws-access-key-id'])
  expect(await namesIn(expand('AKIA{upper:9}EXAMPLE'))).toEqual(['aws-access-key-id'])
})

describe('options', () => {
  test('allow: the whole value and nothing else', async () => {
    const value = expand('ghp_{an:36}')
    expect(await namesIn(value, { allow: [value] })).toEqual([])
    expect(await namesIn(`${value}A`, { allow: [value] })).toEqual(['github-token'])
    expect(await namesIn(value, { allow: [value.slice(0, 10)] })).toEqual(['github-token'])
  })

  test('types and rules.disable', async () => {
    const text = expand('ghp_{an:36} eyJ{an:33}.eyJ{an:80}.{url:43}')
    const types: SecretType[] = ['CREDENTIALS_TOKEN']
    expect(await namesIn(text, { types })).toEqual(['json-web-token'])
    expect(await namesIn(text, { rules: { disable: ['json-web-token'] } })).toEqual(['github-token'])
  })

  test('a rule that does not exist is an error that names it', () => {
    expect(() => secrets.create({ rules: { disable: ['no-such-rule'] } }, setup)).toThrow('no-such-rule')
  })
})

test('the table in the README is the list of rules', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const rows = readme.split('\n').filter((line) => line.startsWith('| `'))
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()))
  const expected = secretRules.map(({ name, title, type, severity }) => [
    '',
    `\`${name}\``,
    title,
    `\`${type}\``,
    severity ?? secretTypes[type].severity,
    '',
  ])
  expect(cells).toEqual(expected)
})
