import { describe, expect, test } from 'bun:test'
import { allowList, allowProblems } from './allow-list.ts'

const found = { type: 'PII_SSN', rule: 'ssn', text: '219-09-1234', fingerprint: '0123456789abcdef' }

describe('an allow-list', () => {
  test('knows values, fingerprints and patterns that match all of it', () => {
    expect(allowList(undefined)).toBeUndefined()
    expect(allowList([])).toBeUndefined()
    expect(allowList([{ values: ['219-09-1234'] }])?.(found)).toBe(true)
    expect(allowList([{ values: ['219-09-123'] }])?.(found)).toBe(false)
    expect(allowList([{ fingerprints: ['0123456789abcdef'] }])?.(found)).toBe(true)
    expect(allowList([{ fingerprints: ['0123456789abcde0'] }])?.(found)).toBe(false)
    expect(allowList([{ patterns: ['219-\\d\\d-\\d{4}'] }])?.(found)).toBe(true)
    expect(allowList([{ patterns: ['219-\\d\\d'] }])?.(found)).toBe(false)
  })

  test('is asked for its types and rules only, and any entry will do', () => {
    const values = ['219-09-1234']
    expect(allowList([{ types: ['FINANCIAL_*'], values }])?.(found)).toBe(false)
    expect(allowList([{ types: ['PII_*'], rules: ['ssn-*'], values }])?.(found)).toBe(false)
    expect(
      allowList([
        { types: ['FINANCIAL_*'], values },
        { rules: ['ssn'], values },
      ])?.(found),
    ).toBe(true)
  })

  test('that allows nothing, or cannot be read, is told with its place', () => {
    expect(allowProblems([{ values: ['x'] }])).toEqual([])
    expect(allowProblems([{ values: ['x'] }, { types: ['PII_SSN'] }])).toMatchObject([{ path: [1] }])
    expect(allowProblems([{ patterns: ['ok', '('] }])).toMatchObject([{ path: [0, 'patterns', 1] }])
    expect(allowProblems([{ patterns: ['(?=x)y'] }])).toMatchObject([{ path: [0, 'patterns', 0] }])
    expect(allowProblems([{ patterns: ['(?:abcdefghij){999}'] }])[0]?.message).toContain('too large')
  })
})
