import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { capabilities } from './capability.ts'
import { hostedCapabilities, hostedNames } from './hosted.ts'
import { optionsSchema } from './options.ts'
import { recognise } from './recognise.ts'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

/** Cells of the rows of the table whose first column has this title. */
function rows(title: string): string[][] {
  const lines = readme.slice(readme.search(new RegExp(`^\\| ${title} +\\|`, 'm'))).split('\n')
  const end = lines.findIndex((line) => !line.startsWith('|'))
  return lines.slice(2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}
const codes = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '')

describe('the README', () => {
  test('names every capability, and every name it shows is recognised as it says', () => {
    const table = rows('capability')
    expect(table.flatMap(([capability]) => codes(capability))).toEqual([...capabilities])
    for (const [capability, , yes, no] of table) {
      const [id] = capabilities.filter((one) => codes(capability).includes(one))
      for (const name of codes(yes))
        expect([name, ...(recognise({ type: 'function', name }) ?? [])]).toEqual([name, `${id}`])
      for (const name of codes(no)) expect([name, ...(recognise({ type: 'function', name }) ?? [])]).toEqual([name])
      expect(codes(yes).length + codes(no).length).toBe(6)
    }
  })

  test('names every hosted tool with what it counts as', () => {
    const table = rows('hosted tool')
    const everything = [...capabilities]
    for (const [tools, meaning = ''] of table) {
      const expected = meaning.startsWith('everything') ? everything : codes(meaning)
      for (const tool of codes(tools))
        expect([tool, hostedCapabilities(tool)]).toEqual([tool, expected as typeof everything])
    }
    expect(table.flatMap(([tools]) => codes(tools)).sort()).toEqual([...hostedNames].sort())
  })

  test('names every option and every code', () => {
    expect(rows('option').flatMap(([option]) => codes(option))).toEqual(Object.keys(optionsSchema['properties']))
    const source = readFileSync(join(import.meta.dirname, 'tool-rules.ts'), 'utf8')
    const used = new Set([...source.matchAll(/'(TOOL_[A-Z_]+)'/g)].map(([, code]) => code ?? ''))
    expect(
      rows('code')
        .flatMap(([code]) => codes(code))
        .sort(),
    ).toEqual([...used].sort())
  })
})
