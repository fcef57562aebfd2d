import { expect, test } from 'bun:test'
import { nameGlobs } from './name-globs.ts'

const names = ['a', '', '.', '..', '.a', 'a/b', 'a\nb', '/', './a', 'a\\b', '!a', '__proto__', 'constructor', '\ud800']

test('a star matches every name: they are no paths', () => {
  for (const glob of ['*', '**']) {
    const matches = nameGlobs([glob], { ignoreCase: false })
    for (const name of names) expect([glob, name, matches(name)]).toEqual([glob, name, true])
  }
})

test('no glob matches no name', () => {
  const matches = nameGlobs([], { ignoreCase: true })
  for (const name of names) expect(matches(name)).toBe(false)
})

const table: readonly [glob: string, matches: readonly string[], not: readonly string[]][] = [
  ['send_*', ['send_', 'send_email', 'send_a/b'], ['resend_x', 'Send_email', 'send']],
  ['mcp__*__write', ['mcp__fs__write', 'mcp__a__b__write'], ['mcp__write', 'mcp__fs__write2']],
  ['fs.*', ['fs.read', 'fs..', 'fs.a/b'], ['fsxread', 'fs']],
  ['github/*', ['github/push', 'github/a/b'], ['github', 'xgithub/push']],
  ['{read,list}_*', ['read_a', 'list_b'], ['write_a']],
  ['get_?', ['get_a', 'get_/', 'get_.'], ['get_', 'get_ab']],
  ['[ab]x', ['ax', 'bx'], ['cx']],
  ['!a', ['!a'], ['b', 'a']],
  ['./a', ['./a'], ['a']],
  ['__proto__', ['__proto__'], ['constructor', 'proto']],
  ['a+b(c', ['a+b(c'], ['aab(c']],
]
for (const [glob, yes, no] of table) {
  test(`${glob} matches whole names`, () => {
    const matches = nameGlobs([glob], { ignoreCase: false })
    for (const name of yes) expect([name, matches(name)]).toEqual([name, true])
    for (const name of no) expect([name, matches(name)]).toEqual([name, false])
  })
}

test('without case, full-width letters are letters', () => {
  const matches = nameGlobs(['Exec*'], { ignoreCase: true })
  for (const name of ['exec', 'EXEC', 'execute', 'ｅｘｅｃ', 'ExEc/x']) expect(matches(name)).toBe(true)
})
