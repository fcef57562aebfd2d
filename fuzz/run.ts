/** `bun run fuzz`: looks for inputs that break what must hold, for so many minutes; see README.md. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import type { FuzzTarget } from './target.ts'
import { targets } from './targets.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    target: { type: 'string', multiple: true },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log('bun run fuzz [--minutes 10] [--target NAME]… [--seed N]\n')
  for (const { name, law } of targets) console.log(`${name.padEnd(10)} ${law}`)
  process.exit(0)
}
const minutes = Number(values.minutes)
const wanted = values.target ?? targets.map(({ name }) => name)
const unknown = wanted.find((name) => !targets.some((target) => target.name === name))
if (!(minutes > 0) || unknown !== undefined) {
  console.error(
    unknown === undefined ? '--minutes takes a number above 0' : `there is no target ${unknown}; see --help`,
  )
  process.exit(2)
}
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)

let failed = 0
for (const target of targets.filter(({ name }) => wanted.includes(name))) {
  if (!(await fuzz(target, (minutes * 60_000) / wanted.length))) failed += 1
}
process.exit(failed === 0 ? 0 : 1)

async function fuzz({ name, cases, check }: FuzzTarget, ms: number): Promise<boolean> {
  let runs = 0
  const property = fc.asyncProperty(cases, async (one) => {
    runs += 1
    await check(one)
  })
  const details = await fc.check(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: ms,
    markInterruptAsFailure: false,
  })
  console.log(`${details.failed ? 'FAIL' : 'ok  '} ${name}: ${runs} cases, seed ${seed}`)
  const [found] = details.counterexample ?? []
  if (!details.failed || found === undefined) return !details.failed
  const why = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  const folder = new URL(`cases/${name}/`, import.meta.url)
  mkdirSync(folder, { recursive: true })
  const file = new URL(`${seed}.json`, folder)
  writeFileSync(file, `${JSON.stringify({ why: why.slice(0, 400), case: found }, undefined, 2)}\n`)
  console.log(`${why.slice(0, 2000)}\nkept as ${file.pathname.slice(file.pathname.indexOf('/fuzz/') + 1)}`)
  return false
}
