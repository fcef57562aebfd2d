import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { DetectorInstance } from '@sluice/core'
import { findIn, scanPieces, splitAt, testDetector } from '@sluice/testing'
import fc from 'fast-check'
import { fixtures } from './fixtures.test.ts'
import pii, { type PiiOptions } from './index.ts'
import { piiRules } from './rules/index.ts'
import { type PiiType, piiTypes } from './types.ts'

const setup = {
  instance: 'pii',
  folder: '.',
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: () => 0,
}

async function create(options: PiiOptions = {}): Promise<DetectorInstance> {
  return await pii.create(options, setup)
}

async function found(text: string, options?: PiiOptions): Promise<readonly unknown[]> {
  return (await findIn(await create(options), text)).map(({ type, start, end, severity, confidence, data }) => ({
    type,
    text: text.slice(start, end),
    rule: data?.['rule'],
    severity,
    confidence,
  }))
}

const asked: PiiOptions = { types: Object.keys(piiTypes) as PiiType[] } // Object.keys loses what the record's type says.

const cards = [
  '[[4111 1111 1111 1111]]',
  'card=[[4111-1111-1111-1111]], exp 12/27',
  'Visa [[4111111111111111]].',
  '[[5555555555554444]] and [[378282246310005]]',
  'amex [[3782 822463 10005]]',
  '[[6011111111111117]] [[3530111333300000]] [[30569309025904]] [[2223003122003222]]',
  '{"number":"[[4012888888881881]]"}',
  'my card is [[4242 4242 4242 4242]] 2024',
]

describe('conformance', () => {
  testDetector(
    () => create(asked),
    {
      ...fixtures,
      PII_POSTAL_ADDRESS: { found: ['ship to [[12 Long Meadow Road]]'], clean: ['12 long roads', '12 Long tests'] },
      PII_PERSON_NAME: { found: ['Mr. [[Jan Novak]] came'], clean: ['Jan Novak', 'my name is not important'] },
      FINANCIAL_CARD_NUMBER: {
        found: cards,
        clean: [
          '4111 1111 1111 1112',
          'order 1234567890123456',
          'at 1700000000000 ms',
          '0.4111111111111111',
          '4111111111111111.5',
          'id_4111111111111111',
          'a9b8-4111111111111111-ff',
        ],
      },
      FINANCIAL_IBAN: {
        found: [
          'IBAN: [[GB82 WEST 1234 5698 7654 32]]',
          '[[DE89370400440532013000]],',
          'pay [[FR14 2004 1010 0505 0001 3M02 606]] NOW',
          '[[NO9386011117947]] [[MT84MALT011000012345MTLCAST001S]]',
        ],
        clean: [
          'GB82 WEST 1234 5698 7654 33',
          'DE8937040044053201300',
          'ZZ89370400440532013000',
          'AB12CD34EF56GH78',
          'DE89370400440532013000X',
        ],
      },
      PII_SSN: {
        found: [
          'SSN [[536-90-4399]]',
          'ssn:[[536904399]]',
          'social security number is [[536 90 4399]].',
          '[[123-45-6789]]',
        ],
        clean: [
          '000-12-3456',
          '666-12-3456',
          '912-12-3456',
          '123-00-4567',
          '123-45-0000',
          '536904399',
          '078-05-1120',
          '2123-45-6789',
          '123-45-67890',
          'part 123-45-6789-01',
        ],
      },
      PII_EMAIL: {
        found: [
          'mail [[jane.doe+tag@acme.co.uk]].',
          '<[[a@b.io]]>',
          '[[jörg@köln.de]]',
          'to:[[x_y@sub.domain.museum]],',
        ],
        clean: [
          '@handle',
          'a@b',
          'icon@2x.png',
          'git@github.com:a/b.git',
          'pkg@1.2.3',
          'user@localhost',
          '@types/node',
          'x@.com',
        ],
      },
      PII_PHONE: {
        found: [
          'call [[+1 415 555 2671]]',
          '[[+14155552671]]',
          '[[(415) 555-2671]] or [[415-555-2671 x12]]',
          '[[+44 20 7946 0958]], [[+49 (0)30 901820]]',
          '[[1-800-555-0199]]',
          'Tel.: [[030 901820]]',
          'phone: [[4155552671]]',
          '[[06 12 34 56 78]] à Paris',
        ],
        clean: [
          '4155552671',
          'v1.2.3.4',
          '2024-01-02 10:11:12',
          '3.14159265358979',
          '1700000000',
          'id 123-4567',
          '10.0.0.1',
          '+1',
          'a+12345678b',
          '1,234,567,890',
          '2023-10-11',
          'rev 415-555-26711',
        ],
      },
      PII_IP_ADDRESS: {
        found: [
          'from [[203.0.114.7]]:443',
          'http://[[8.8.8.8]]/dns',
          '[[2001:db8:85a3::8a2e:370:7334]]',
          '[[2001:0db8:0000:0000:0000:ff00:0042:8329]]',
          '[[::ffff:192.0.2.128]]',
          '[[192.168.0.1]]',
        ],
        clean: [
          '1.2.3.4.5',
          'version 1.2.3.4',
          'v1.2.3.4',
          '256.1.1.1',
          '12:30:45',
          'std::vec::v1',
          '00:1b:44:11:3a:b7',
          '1.2.3',
          'a::b1',
        ],
      },
    },
    { test, stress: ['1 ', '1-', '(1) ', '@a.', 'a@', '1.1.', ':1:', 'GB82 ', '+1 ', '0', '12345678'] },
  )
})

test('law 3 holds for any mixture of numbers and marks', async () => {
  const detector = await create()
  const parts = [
    '4111',
    '1111 1111',
    '-',
    ' ',
    '.',
    ':',
    '::',
    '@',
    '+',
    '(',
    ')',
    '536-90-4399',
    '415',
    '555',
    '2671',
    'GB82',
    ' WEST 1234 5698 7654 32',
    'ab',
    '.io',
    'fe80',
    '1.2',
    '8.8.8.8',
    'ssn ',
    'tel ',
    'x12',
    '/',
    '20',
  ]
  const text = fc.array(fc.constantFrom(...parts), { maxLength: 16 }).map((some) => some.join(''))
  fc.assert(
    fc.property(text, fc.array(fc.nat(400), { maxLength: 12 }), (one, positions) => {
      const cuts = positions.map((position) => position % (one.length + 1)).sort((a, b) => a - b)
      expect(scanPieces(detector, splitAt(one, cuts))).toEqual([...scanPieces(detector, [one])])
    }),
    { seed: 13, numRuns: 10_000 },
  )
})

test('PITFALLS 1: a number split over two pieces is found as in the whole', async () => {
  const detector = await create()
  if (detector.mode !== 'scan') throw new Error('not a scan')
  const text = 'card 4111 1111 1111 1111 ok'
  for (let cut = 1; cut < text.length; cut++) {
    const first = detector.push(
      detector.init({ id: 's0', direction: 'egress', kind: 'assistant', trust: 'model' }),
      text.slice(0, cut),
    )
    const second = detector.push(first.state, text.slice(cut))
    const all = [...first.findings, ...second.findings, ...detector.end(second.state).findings]
    expect(all.map(({ type, start, end }) => [type, start, end])).toEqual([['FINANCIAL_CARD_NUMBER', 5, 24]])
  }
})

describe('evidence', () => {
  test('a formatted social security number is of high severity', async () => {
    expect(await found('123-45-6789')).toMatchObject([{ type: 'PII_SSN', severity: 'HIGH' }])
  })

  test('reserved domains and private addresses count for less', async () => {
    expect(await found('a@example.com')).toMatchObject([{ severity: 'LOW', confidence: 0.5 }])
    expect(await found('10.0.0.1')).toMatchObject([{ confidence: 0.4 }])
    expect(await found('127.0.0.1')).toMatchObject([{ confidence: 0.2 }])
  })
})

describe('words', () => {
  test('raise what a checksum has found', async () => {
    expect(await found('is it 9432344010 or not', { regions: ['GB'] })).toMatchObject([
      { confidence: 0.3, severity: 'LOW' },
    ])
    expect(await found('NHS number 943 234 4010')).toMatchObject([{ confidence: 0.9, severity: undefined }])
    expect(await found('943 234 4010 is my NHS number')).toMatchObject([{ confidence: 0.9, severity: undefined }])
  })

  test('find nothing that has not the form', async () => {
    expect(await found('NHS number 9432344011')).toEqual([])
    expect(await found('passport AB12')).toEqual([])
  })

  test('settle what a number is that may be several things', async () => {
    // Valid by the rules of more than one country.
    const plain = (await found('it is 118751207 of')).map((one) => (one as { type: string }).type)
    expect(plain).toContain('PII_NL_BSN')
    const named = await found('her BSN: 118751207 of')
    expect(named).toMatchObject([{ type: 'PII_NL_BSN', confidence: 0.9 }])
  })

  test('of another line or number are not those of this one', async () => {
    expect(await found('is it 9432344010\nNHS', { regions: ['GB'] })).toMatchObject([{ confidence: 0.3 }])
    expect(await found('is it 9432344010 or 12 NHS', { regions: ['GB'] })).toMatchObject([{ confidence: 0.3 }])
  })
})

describe('numbers of documents', () => {
  test('that stand in rows or under names that say nothing are looked at for cards only', async () => {
    expect(await found('[118751207,943234401,21032374]')).toEqual([])
    expect(await found('{"id": 118751207}')).toEqual([])
    expect(await found('[4518200773409167,118751207]')).toMatchObject([{ type: 'FINANCIAL_CARD_NUMBER' }])
  })

  test('are found under a name that tells', async () => {
    expect(await found('{"bsn": 118751207}')).toMatchObject([{ type: 'PII_NL_BSN', confidence: 0.9 }])
    expect(await found('{"passportNumber": "K40917736"}')).toMatchObject([{ type: 'PII_US_PASSPORT', confidence: 0.7 }])
  })
})

test('findings say what they rest on', async () => {
  const detector = await create()
  const of = async (text: string): Promise<unknown> => (await findIn(detector, text)).map(({ data }) => data)
  expect(await of('NHS 943 234 4010')).toEqual([{ rule: 'uk-nhs-number', evidence: 'checksum', words: true }])
  expect(await of('ITIN 912-70-4821')).toEqual([{ rule: 'us-itin', evidence: 'pattern', words: true }])
  expect(await of('it is 912-70-4821 of')).toEqual([{ rule: 'us-itin', evidence: 'pattern' }])
})

describe('options', () => {
  test('types limits what is found', async () => {
    expect(await found('a@b.io 123-45-6789', { types: ['PII_EMAIL'] })).toMatchObject([{ type: 'PII_EMAIL' }])
  })

  test('allow passes whole values by', async () => {
    expect(await found('a@b.io aa@b.io', { allow: ['a@b.io'] })).toMatchObject([{ text: 'aa@b.io' }])
  })

  test('types are asked for by name where they are weak', async () => {
    expect(await found('Mr. Jan Novak')).toEqual([])
    expect(await found('Mr. Jan Novak', { types: ['PII_PERSON_NAME'] })).toMatchObject([{ text: 'Jan Novak' }])
  })

  test('regions leaves out the identifiers of other countries', async () => {
    const text = 'BSN 118751207, PESEL 85071388402, a@b.io'
    const types = (await found(text, { regions: ['PL'] })).map((one) => (one as { type: string }).type)
    expect(types).toEqual(['PII_PL_PESEL', 'PII_EMAIL'])
  })

  test('testCards: ignore passes published test numbers by, in any grouping, and no others', async () => {
    const text = '4242 4242 4242 4242 and 4518-2007-7340-9167 and 378282246310005'
    expect(await found(text)).toHaveLength(3)
    expect(await found(text, { testCards: 'ignore' })).toMatchObject([{ text: '4518-2007-7340-9167' }])
  })

  test('the schema refuses a region without rules and a word that is none', async () => {
    const { Value } = await import('@sinclair/typebox/value')
    expect(Value.Check(pii.options, { regions: ['DE'], testCards: 'ignore' })).toBeTrue()
    expect(Value.Check(pii.options, { regions: ['XX'] })).toBeFalse()
    expect(Value.Check(pii.options, { testCards: 'hide' })).toBeFalse()
  })

  test('the schema refuses a type that does not exist', async () => {
    const { Value } = await import('@sinclair/typebox/value')
    expect(Value.Check(pii.options, { types: ['PII_EMAIL'] })).toBeTrue()
    expect(Value.Check(pii.options, { types: ['PII_SHOE_SIZE'] })).toBeFalse()
    expect(Value.Check(pii.options, { typo: true })).toBeFalse()
  })
})

test('names of rules are unique', () => {
  expect(new Set(piiRules.map(({ name }) => name)).size).toBe(piiRules.length)
})

test('the table in the README names every type with its rules and severity', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const rows = readme.split('\n').filter((line) => line.startsWith('| `'))
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()))
  const expected = Object.entries(piiTypes).map(([type, { severity }]) => [
    `\`${type}\``,
    piiRules
      .filter((rule) => rule.type === type)
      .map(({ name }) => `\`${name}\``)
      .join(', '),
    severity,
  ])
  expect(cells.map(([, type, rules, , severity]) => [type, rules, severity])).toEqual(expected)
})
