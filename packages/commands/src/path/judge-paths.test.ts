import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { judgePaths, pathLiterals } from './index.ts'

const classesOf = (text: string) => judgePaths(text).map((deed) => deed.class)

const sensitive = [
  '/etc/passwd',
  '/etc//./shadow',
  '/etc/x/../passwd',
  '..%2f..%2fetc%2fpasswd',
  '%252e%252e%252fetc%252fpasswd',
  '..%c0%af..%c0%afetc/shadow',
  '....//....//etc/passwd',
  'C:\\Windows\\System32\\config\\SAM',
  '..\\..\\windows\\win.ini',
  '~/.ssh/id_rsa',
  'cat /home/me/.aws/credentials',
  '/var/run/docker.sock',
  '/proc/self/environ',
  '~/.bash_history',
  'file=/etc/shadow&x',
  '.env',
]
for (const text of sensitive) test(`sensitive: ${text}`, () => expect(classesOf(text)).toContain('path.sensitive'))

const climbing = [
  '../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '....//....//x/y',
  '..;/..;/etc/passwd',
  '/var/www/../../etc/hosts',
]
for (const text of climbing) test(`traversal: ${text}`, () => expect(classesOf(text)).toContain('path.traversal'))

const harmless = [
  'import x from "../../../foo.ts"',
  'src/index.ts',
  'and/or',
  '50% of 3/4',
  '~/.ssh-notes',
  'the environment',
]
for (const text of harmless) test(`nothing: ${text}`, () => expect(judgePaths(text)).toEqual([]))

test('places are in the text, and what is found has a literal of the prefilter', () => {
  const parts = fc.constantFrom(...sensitive, ...climbing, '/', '\\', '..', '%2e', '%', ' ', 'etc', ':')
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      const deeds = judgePaths(text)
      for (const { start, end } of deeds) expect(start >= 0 && start < end && end <= text.length).toBe(true)
      if (deeds.length > 0) expect(pathLiterals.some((literal) => text.toLowerCase().includes(literal))).toBe(true)
    }),
  )
})
