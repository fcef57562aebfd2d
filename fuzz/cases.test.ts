import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { targets } from './targets.ts'

describe('fuzzing', () => {
  for (const { name, cases, check } of targets) {
    test(`${name}: a hundred cases, always the same`, async () => {
      await fc.assert(
        fc.asyncProperty(cases, async (one) => check(one)),
        { seed: 8, numRuns: 100 },
      )
    })

    // What was once found stays found.
    for (const file of kept(name)) {
      test(`${name}: ${file}`, async () => {
        const { case: one } = JSON.parse(readFileSync(new URL(`cases/${name}/${file}`, import.meta.url), 'utf8'))
        expect(await check(one)).toBeUndefined()
      })
    }
  }
})

function kept(name: string): readonly string[] {
  const folder = new URL(`cases/${name}/`, import.meta.url)
  return existsSync(folder) ? readdirSync(folder).sort() : []
}
