import { expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { sentences } from './sentences.ts'

test('every sentence of the page has a test that is called by it', () => {
  const tests = readdirSync(import.meta.dir)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(`${import.meta.dir}/${name}`, 'utf8').replaceAll(/\b(test|says)\(\s+/g, '$1('))
    .join('\n')
  const untested = sentences.filter((sentence) => {
    const quoted = sentence.includes("'") ? `"${sentence}"` : `'${sentence}'`
    return !tests.includes(`test(says(${quoted}`)
  })
  expect(untested).toEqual([])
})
