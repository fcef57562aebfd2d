import { describe, expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import { type Closeable, type DetectorInstance, isSluiceError } from '@sluice/core'
import { findIn, testDetector } from '@sluice/testing'
import custom, { type CustomOptions } from './index.ts'

const setup = {
  instance: 'house-words',
  folder: '.',
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: () => 0,
}

async function create(options: CustomOptions): Promise<DetectorInstance & Closeable> {
  if (!Value.Check(custom.options, options)) throw new Error('options do not fit the schema')
  return await custom.create(options, setup)
}

async function textsIn(text: string, options: CustomOptions): Promise<readonly string[]> {
  return (await findIn(await create(options), text)).map(({ start, end }) => text.slice(start, end))
}

const words: CustomOptions = {
  words: [
    { list: ['Bluebird', 'Blue Harvest', 'Ünïcorn', 'проект', '計画'], type: 'CUSTOM_CODENAME', severity: 'HIGH' },
    { word: 'ACME-X', type: 'CUSTOM_PRODUCT', severity: 'LOW', caseSensitive: true, wholeWord: false },
  ],
}

describe('words scan', () => {
  testDetector(
    () => create(words),
    {
      CUSTOM_CODENAME: {
        found: [
          'about [[Bluebird]], [[BLUEBIRD]] and [[blue harvest]].',
          'İİİ [[ÜNÏCORN]] 😀[[Проект]]',
          '[[計画]] で',
          '"[[bluebird]]"',
        ],
        clean: ['bluebirds', 'a_bluebird', 'blueharvest', '計画中', 'xBluebird'],
      },
      CUSTOM_PRODUCT: { found: ['the [[ACME-X]]2 and my[[ACME-X]]'], clean: ['acme-x', 'ACME X'] },
    },
    { test, stress: ['Blu', 'Bluebird', 'blue', 'ACME-', '😀'] },
  )

  test('offsets are those of the original where lower-casing would change its length', async () => {
    expect('İ'.toLowerCase().length).toBe(2)
    expect(await textsIn('İİİİ bluebird İ', words)).toEqual(['bluebird'])
  })

  test('a word of one entry inside a word of another is found too', async () => {
    const options: CustomOptions = {
      words: [
        { word: 'Blue', type: 'CUSTOM_COLOUR', severity: 'LOW' },
        { word: 'Blue Harvest', type: 'CUSTOM_CODENAME', severity: 'HIGH' },
      ],
    }
    expect(await textsIn('Blue Harvest', options)).toEqual(['Blue Harvest', 'Blue'])
  })

  test('the word is never recorded', async () => {
    const [finding] = await findIn(await create(words), 'Bluebird')
    expect(finding?.data).toEqual({ rule: 'words-1' })
  })
})

const patterns: CustomOptions = {
  ...words,
  patterns: [{ pattern: 'PRJ-\\d{4}', type: 'CUSTOM_PROJECT', severity: 'MEDIUM', name: 'project-number' }],
}

describe('patterns inspect', () => {
  testDetector(
    () => create(patterns),
    {
      CUSTOM_CODENAME: { found: ['[[Bluebird]] in PRJ-1234'], clean: ['bluebirds'] },
      CUSTOM_PRODUCT: { found: ['[[ACME-X]]'], clean: ['acme-x'] },
      CUSTOM_PROJECT: { found: ['😀 [[PRJ-1234]] and [[PRJ-9999]]'], clean: ['PRJ-123', 'prj-1234'] },
    },
    { test },
  )

  test('words alone make a scan, a pattern makes an inspection of whole segments', async () => {
    expect((await create(words)).mode).toBe('scan')
    expect((await create(patterns)).mode).toBe('inspect')
  })

  test('flags are taken', async () => {
    const entry = { type: 'CUSTOM_A', severity: 'LOW' } as const
    expect(await textsIn('x\nABC', { patterns: [{ ...entry, pattern: '^abc$', flags: 'im' }] })).toEqual(['ABC'])
    expect(await textsIn('x\nABC', { patterns: [{ ...entry, pattern: '^abc$' }] })).toEqual([])
  })
})

/** Measured: a backtracking engine does not come back from 40 characters of this. */
const endless = { patterns: [{ pattern: '^(\\w+\\s?)+$', type: 'CUSTOM_A', severity: 'LOW' }] } as const
const turns = async (work: Promise<unknown>): Promise<number> => {
  let count = 0
  const timer = setInterval(() => count++, 5)
  await work.finally(() => clearInterval(timer))
  return count
}

describe('35 a regular expression of a user’s freezes the gateway', () => {
  test('a pattern that backtracks without end elsewhere costs linear time', async () => {
    const detector = await create(endless)
    const began = performance.now()
    expect(await findIn(detector, `${'a'.repeat(30_000)}!`)).toEqual([])
    expect(performance.now() - began).toBeLessThan(1000)
  })

  test('others get their turn while a long text is looked through, and it is found all the same', async () => {
    const text = 'word '.repeat(200_000)
    const detector = await create(endless)
    const finding = findIn(detector, text)
    expect(await turns(finding)).toBeGreaterThan(20)
    expect(await finding).toMatchObject([
      { type: 'CUSTOM_A', start: 0, end: text.length, data: { rule: 'patterns-1' } },
    ])
    await detector.close?.()
  }, 20_000)

  test('long and short texts are found alike, one after the other and at once', async () => {
    const { patterns: entries } = patterns
    const detector = await create({ ...words, patterns: entries ?? [] })
    const padding = 'x '.repeat(300_000)
    const texts = Array.from({ length: 12 }, (_, at) => `${at % 2 === 0 ? padding : ''}PRJ-${1000 + at} Bluebird`)
    const all = await Promise.all(texts.map((text) => findIn(detector, text)))
    for (const [at, text] of texts.entries()) {
      const found = all[at]?.map(({ start, end }) => text.slice(start, end))
      expect(found).toEqual([`PRJ-${1000 + at}`, 'Bluebird'])
    }
    await detector.close?.()
  }, 20_000)

  test('a call that is given up ends what works for it, and the next one is not kept waiting', async () => {
    const detector = await create(endless)
    if (detector.mode !== 'inspect') throw new Error('no inspection')
    const long = 'word '.repeat(2_000_000)
    const source = { place: { pointer: '' as const }, start: 0 }
    const segment = { id: 'q0', direction: 'ingress', kind: 'user', trust: 'user', sources: [source] } as const
    const givenUp = new AbortController()
    const call = { exchange: 'e', app: 'a', operation: 'o' }
    const asked = Array.from({ length: 6 }, async () =>
      detector.inspect({ ...segment, text: long }, { ...call, signal: givenUp.signal }),
    )
    const outcomes = Promise.allSettled(asked)
    await new Promise((resolve) => setTimeout(resolve, 200))
    givenUp.abort()
    expect((await outcomes).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'rejected'))
    const began = performance.now()
    expect(await findIn(detector, 'word '.repeat(20_000))).toHaveLength(1)
    expect(performance.now() - began).toBeLessThan(3000)
    await detector.close?.()
  }, 20_000)
})

describe('options that cannot work', () => {
  const entry = { type: 'CUSTOM_A', severity: 'LOW' } as const
  const broken: readonly (readonly [string, CustomOptions, string])[] = [
    [
      'a pattern that does not compile',
      {
        patterns: [
          { ...entry, pattern: 'ok' },
          { ...entry, pattern: '(' },
        ],
      },
      'patterns[1]',
    ],
    ['look-around', { patterns: [{ ...entry, pattern: '(?=x)y' }] }, 'patterns[0]'],
    ['a pattern that matches nothing at all', { patterns: [{ ...entry, pattern: 'a*' }] }, 'patterns[0]'],
    ['a repetition too large', { patterns: [{ ...entry, pattern: '(?:abcdefghij){999}' }] }, 'patterns[0]'],
    ['an entry without a word', { words: [entry] }, 'words[0]'],
    ['a blank word', { words: [{ ...entry, word: '  ' }] }, 'words[0]'],
    ['nothing to look for', {}, 'nothing to look for'],
    [
      'a type that is two things',
      {
        words: [
          { ...entry, word: 'a' },
          { ...entry, word: 'b', riskCategory: 'OTHER' },
        ],
      },
      'words[1]',
    ],
  ]
  for (const [what, options, where] of broken) {
    test(`${what} is an error that names the place`, async () => {
      const error: unknown = await create(options).catch((thrown: unknown) => thrown)
      expect(isSluiceError(error)).toBeTrue()
      expect(String(error)).toContain(where)
      expect(String(error)).toContain('house-words')
    })
  }

  test('the schema refuses types that are not UPPER_SNAKE and keys it does not know', () => {
    expect(Value.Check(custom.options, { words: [{ ...entry, type: 'codename', word: 'a' }] })).toBeFalse()
    expect(Value.Check(custom.options, { words: [{ ...entry, word: 'a', regex: true }] })).toBeFalse()
    expect(Value.Check(custom.options, { words: [{ ...entry, word: 'a' }] })).toBeTrue()
  })
})

test('the taxonomy of a custom type has defaults and can be said', async () => {
  const options: CustomOptions = {
    words: [
      { word: 'a', type: 'CUSTOM_A', severity: 'LOW' },
      { word: 'b', type: 'CUSTOM_B', severity: 'HIGH', riskCategory: 'TRADE_SECRET', dataClassification: 'IP' },
    ],
  }
  expect((await create(options)).types).toMatchObject({
    CUSTOM_A: { riskDomain: 'DATA_PROTECTION', riskCategory: 'CUSTOM_MATCH', dataClassification: 'NONE' },
    CUSTOM_B: { riskCategory: 'TRADE_SECRET', dataClassification: 'IP', severity: 'HIGH' },
  })
})
