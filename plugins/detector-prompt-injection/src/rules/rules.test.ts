import { expect, test } from 'bun:test'
import { proseRules, rawRules } from './index.ts'

test('names of rules are unique', () => {
  const names = [...proseRules, ...rawRules].map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

test('every quantifier is bounded', () => {
  for (const { name, pattern } of [...proseRules, ...rawRules]) {
    const source = pattern.source.replaceAll(/\\./g, '').replaceAll(/\[[^\]]*\]/g, '')
    expect([name, /[*+]|\{\d+,\}/.test(source)]).toEqual([name, false])
  }
})
