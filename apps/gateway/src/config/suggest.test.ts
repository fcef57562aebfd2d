import { expect, test } from 'bun:test'
import { didYouMean, suggest } from './suggest.ts'

test('the nearest known word is suggested, whatever its case', () => {
  const known = ['allowedModels', 'apps', 'policies', 'plugins']
  expect(suggest('alowedModels', known)).toBe('allowedModels')
  expect(suggest('allowedmodels', known)).toBe('allowedModels')
  expect(suggest('policy', known)).toBe(undefined)
  expect(suggest('polices', known)).toBe('policies')
  expect(didYouMean('app', known)).toBe('; did you mean "apps"?')
})

test('what is like nothing is not guessed at', () => {
  expect(suggest('zzz', ['apps', 'keys'])).toBeUndefined()
  expect(didYouMean('x', [])).toBe('')
})
