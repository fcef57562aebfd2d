import { expect, test } from 'bun:test'
import { parseYaml } from './yaml.ts'

const messages = (text: string, schema: 'core' | 'json' = 'core') =>
  parseYaml(text, schema).problems.map(({ line, message }) => `line ${line}: ${message}`)

test('a key that stands twice is an error with its line', () => {
  expect(messages('a: 1\nb: 2\na: 3\n')).toEqual([expect.stringMatching(/^line 3: .*unique/)])
  expect(messages('{"a": 1,\n "a": 2}', 'json')).toEqual([expect.stringMatching(/^line 2: .*unique/)])
})

test('aliases are errors: what is written is what holds', () => {
  expect(messages('a: &x [1]\nb: *x\n')).toEqual([expect.stringMatching(/^line 2: YAML aliases/)])
  expect(messages('a: &x { p: 1 }\nb:\n  <<: *x\n')).toEqual([expect.stringMatching(/^line 3: YAML aliases/)])
})

test('tags of unknown meaning and second documents are errors', () => {
  expect(messages('a: !js/function x\n')).toHaveLength(1)
  expect(messages('a: 1\n---\nb: 2\n').length).toBeGreaterThan(0)
})

test('YAML 1.2: no and on are words, not switches', () => {
  expect(parseYaml('a: no\nb: on\nc: true\nd: 012\n', 'core').value).toEqual({ a: 'no', b: 'on', c: true, d: 12 })
})

test('JSON with tabs is read', () => {
  expect(parseYaml('{\n\t"a": [\n\t\t1\n\t]\n}\n', 'json')).toMatchObject({ value: { a: [1] }, problems: [] })
})

test('lines of values, of keys, and of what is missing', () => {
  const { line } = parseYaml('apps:\n  - id: x\n    name: y\n  - id: z\n', 'core')
  expect(line(['apps', 0, 'name'], false)).toBe(3)
  expect(line(['apps', 0, 'name'], true)).toBe(3)
  expect(line(['apps', 1, 'name'], false)).toBe(4)
  expect(line(['policies'], false)).toBe(1)
})
