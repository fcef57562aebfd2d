import { expect, test } from 'bun:test'
import { expandSecrets } from './secrets.ts'

const reference = (inner: string) => `\${env:${inner}}`

test('a reference is replaced wherever it stands in a text, and nowhere else', () => {
  const { value, problems } = expandSecrets(
    { a: [`x${reference('A')}y${reference('B')}`, 1, null, true], [reference('A')]: 'key' },
    { A: '1', B: '2' },
  )
  expect(value).toEqual({ a: ['x1y2', 1, null, true], [reference('A')]: 'key' })
  expect(problems).toEqual([])
})

test('what a variable holds is not read again', () => {
  const { value } = expandSecrets(reference('A'), { A: reference('B'), B: 'secret' })
  expect(value).toBe(reference('B'))
})

test('a default stands in for a variable that is unset or empty', () => {
  expect(expandSecrets(reference('A:-https://x/v1'), {}).value).toBe('https://x/v1')
  expect(expandSecrets(reference('A:-x'), { A: '' }).value).toBe('x')
  expect(expandSecrets(reference('A:-x'), { A: 'set' }).value).toBe('set')
  expect(expandSecrets(reference('A:-'), {})).toEqual({ value: '', problems: [] })
})

test('all that is missing is named, with its place', () => {
  const { problems } = expandSecrets({ a: { b: [reference('ONE')] }, c: reference('TWO') }, {})
  expect(problems.map(({ code, path }) => ({ code, path }))).toEqual([
    { code: 'SLUICE_SECRET_MISSING', path: ['a', 'b', 0] },
    { code: 'SLUICE_SECRET_MISSING', path: ['c'] },
  ])
  expect(problems[0]?.message).toContain('ONE is not set')
})

test('a reference that is none is an error and not left standing', () => {
  for (const inner of ['', '1A', 'A B', 'A:x']) {
    expect(expandSecrets(reference(inner), { A: 'x' }).problems[0]?.code).toBe('SLUICE_CONFIG_INVALID')
  }
})
