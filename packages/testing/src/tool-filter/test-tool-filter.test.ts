import { expect, test } from 'bun:test'
import type { ToolFilterInstance, ToolVerdict } from '@sluice/core'
import type { TestRunner } from '../test-runner.ts'
import { testToolFilter } from './test-tool-filter.ts'
import type { ToolFilterFixtures } from './tool-filter-fixtures.ts'

const fixtures: ToolFilterFixtures = {
  define: [
    { tool: { name: 'shell' }, verdict: { deny: 'NO_SHELL' } },
    { tool: { name: 'clock' }, verdict: 'abstain' },
  ],
}

function noShell(name: string): ToolVerdict {
  return name === 'shell' ? { type: 'deny', code: 'NO_SHELL', reason: 'No shells.' } : { type: 'abstain' }
}

const honest: ToolFilterInstance = { define: (tool) => noShell(tool.name) }

/** Titles of the tests that fail. */
async function failures(create: () => ToolFilterInstance, suite: ToolFilterFixtures = fixtures): Promise<string[]> {
  const tests: { title: string; body: () => Promise<void> }[] = []
  const runner: TestRunner = {
    describe: (_, body) => body(),
    test: (title, body) => void tests.push({ title, body }),
  }
  testToolFilter('sample', create, suite, runner)
  const failed: string[] = []
  for (const { title, body } of tests) await body().catch(() => failed.push(title))
  return failed
}

test('a filter that keeps the contract passes', async () => {
  expect(await failures(() => honest)).toEqual([])
})

test('a suite that proves nothing is refused', async () => {
  const [denied, kept] = fixtures.define ?? []
  await expect(failures(() => honest, {})).rejects.toThrow('no fixture')
  await expect(failures(() => honest, { define: denied ? [denied] : [] })).rejects.toThrow('every fixture of "define"')
  await expect(failures(() => honest, { define: kept ? [kept] : [] })).rejects.toThrow('no fixture of "define"')
})

test('each broken law is found', async () => {
  const judged = '1: define shell: NO_SHELL'
  const abstaining: ToolFilterInstance = { define: () => ({ type: 'abstain' }) }
  expect(await failures(() => abstaining)).toContain(judged)

  const telling: ToolFilterInstance = {
    define: ({ name, description: reason }) =>
      reason === undefined ? noShell(name) : { type: 'deny', code: 'TOLD', reason },
  }
  expect(await failures(() => telling)).toEqual([
    'no name, description or argument makes it throw, or comes back in a verdict',
  ])

  const fickle = (): ToolFilterInstance => {
    let asked = 0
    return { define: ({ name }) => (asked++ === 0 ? noShell(name) : { type: 'abstain' }) }
  }
  expect(await failures(fickle)).toContain(judged)

  const writing: ToolFilterInstance = { define: (tool) => noShell(Object.assign(tool, { description: '' }).name) }
  expect(await failures(() => writing)).toContain(judged)

  const hookless: ToolFilterInstance = {}
  expect(await failures(() => hookless)).toContain(judged)
})
