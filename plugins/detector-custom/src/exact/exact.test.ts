import { describe, expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import type { DetectorInstance } from '@sluice/core'
import { findIn, testDetector } from '@sluice/testing'
import fc from 'fast-check'
import custom, { type CustomOptions, exactValue } from '../index.ts'

const setup = {
  instance: 'customers',
  folder: '.',
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: () => 0,
}
const key = 'a key of the installation’s own'
const listed = ['Ada Lovelace', '4111-1111 1111 1111', 'DE12 K-778', 'Zoë Müller-Lüdenscheidt', 'patient 77']

function options(values: readonly string[], more: Partial<CustomOptions> = {}): CustomOptions {
  const hashes = values.map((value) => exactValue(value, key))
  return { exact: [{ hashes, key, type: 'CUSTOM_CUSTOMER', severity: 'HIGH' }], ...more }
}

async function create(of: CustomOptions): Promise<DetectorInstance> {
  if (!Value.Check(custom.options, of)) throw new Error('options do not fit the schema')
  return await custom.create(of, setup)
}

async function textsIn(text: string, values: readonly string[] = listed): Promise<readonly string[]> {
  return (await findIn(await create(options(values)), text)).map(({ start, end }) => text.slice(start, end))
}

describe('exact values', () => {
  testDetector(
    () => create(options(listed)),
    {
      CUSTOM_CUSTOMER: {
        found: [
          'from [[Ada Lovelace]], [[ADA  LOVELACE]] and [[ada-lovelace]].',
          'card [[4111 1111 1111 1111]] or [[4111111111111111]]',
          '"[[DE12K778]]" [[de12 k778]]',
          '[[zoë müller lüdenscheidt]]!',
          'see [[patient 77]] 8',
          'from [[ａｄａ lovelace]]',
        ],
        clean: [
          'Ada',
          'Ada M. Lovelace',
          'Lovelace Ada',
          'Adalovelaces',
          '4111 1111 1111 1112',
          'patient 778',
          'ada\n\n\n\nlovelace',
        ],
      },
    },
    { test, stress: ['ada ', 'a', '1 ', 'ada lovelace ', '4111 '] },
  )

  test('are told by nothing in the configuration, and another key makes other hashes', () => {
    const hash = exactValue('Ada Lovelace', key)
    expect(hash).toMatch(/^exact:11:[0-9a-f]{6}:[0-9a-f]{64}$/)
    expect(hash).toBe(exactValue('ADA-LOVELACE', key))
    expect(exactValue('Ada Lovelace', 'another key of the same length').slice(9)).not.toBe(hash.slice(9))
  })

  test('the value is not recorded', async () => {
    const [finding] = await findIn(await create(options(listed)), 'Ada Lovelace')
    expect(finding).toMatchObject({ data: { rule: 'exact-1', evidence: 'hash' }, severity: 'HIGH', confidence: 1 })
  })

  test('behind a disguise they are found as words are', async () => {
    expect(await textsIn('Ada Love\u200blace')).toEqual(['Ada Love\u200blace'])
    expect(await textsIn('%41da%20Lovelace')).toEqual(['%41da%20Lovelace'])
  })

  test('the longest that is listed is found once', async () => {
    expect(await textsIn('Ada Lovelace King', ['Ada Lovelace', 'Ada Lovelace King'])).toEqual(['Ada Lovelace King'])
  })

  test('every listed value is found in whatever stands around it, and nothing that is not listed', () => {
    const value = fc.stringMatching(/^[a-z0-9]{2,10}( [a-z0-9]{2,10}){0,5}$/).filter((text) => text.length >= 6)
    return fc.assert(
      fc.asyncProperty(fc.uniqueArray(value, { minLength: 2, maxLength: 6 }), async (values) => {
        const [absent = '', ...present] = values
        const text = `... ${present.join(' ; ,. ')} ...`
        const found = await textsIn(text, present)
        for (const each of present) expect(found.some((one) => one.includes(each))).toBe(true)
        const squeezed = (one: string) => one.replaceAll(' ', '')
        if (!squeezed(text).includes(squeezed(absent))) expect(await textsIn(text, [absent])).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('what cannot be a value, or is no hash, is an error that says so', async () => {
    expect(() => exactValue('a-1', key)).toThrow('at least 4')
    expect(() => exactValue('a b c d e f g h i j', key)).toThrow('at most 8 words')
    const broken = { exact: [{ hashes: ['exact:3:zz'], key, type: 'CUSTOM_A', severity: 'LOW' as const }] }
    const error: unknown = await create(broken).catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('exact[0].hashes[0]')
    expect(String(error)).toContain('customers')
  })
})
