import { expect, test } from 'bun:test'
import { leavesOf } from './leaves-of.ts'

test('leaves come in document order with escaped pointers', () => {
  const value = { b: ['x', 1, { 'a/~': 'y' }], a: 'z', n: null, t: true }
  expect(leavesOf(value, '/root')).toEqual([
    { pointer: '/root/b/0', text: 'x', name: '' },
    { pointer: '/root/b/2/a~1~0', text: 'y', name: 'a/~' },
    { pointer: '/root/a', text: 'z', name: 'a' },
  ])
})

test('a string is its own leaf and nothing has none', () => {
  expect(leavesOf('x', '/a')).toEqual([{ pointer: '/a', text: 'x', name: '' }])
  expect(leavesOf(undefined, '/a')).toEqual([])
})

test('depth does not overflow the stack', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}"x"${']'.repeat(100_000)}`)
  expect(leavesOf(deep, '').map((leaf) => leaf.text)).toEqual(['x'])
}, 20_000)
