/** All that CI runs: the checks, the tests, and the black-box exchanges once more with Deno serving. */
import { denoBinary } from './deno.ts'
import { run } from './run.ts'

const bun = process.execPath
const only = process.argv.slice(2)
const test = [bun, 'test', '--conditions=sluice-source', '--timeout', '20000']

let failed = 0
let passed = 0

if (only.length === 0) {
  console.log('── checks')
  const checked = await run({ name: 'checks', command: [bun, 'scripts/check.ts'] }, true)
  if (!checked.ok) failed += 1
}
await suite(
  'tests',
  only.length === 0 ? ['./packages', './plugins', './apps', './scripts', './fuzz', './eval'] : only,
  {},
)
if (only.length === 0) {
  await suite('black-box exchanges, served by Deno', ['./apps/gateway/test/exchanges'], {
    SLUICE_TEST_RUNTIME: 'deno',
    SLUICE_DENO: denoBinary(),
  })
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

async function suite(
  name: string,
  paths: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  console.log(`── ${name}`)
  const { ok, output } = await run({ name, command: [...test, ...paths], environment }, true)
  passed += count(output, 'pass')
  const fails = count(output, 'fail')
  // A suite that ran nothing, or ended in another way than by its tests, has failed too.
  failed += ok && count(output, 'pass') > 0 ? fails : Math.max(1, fails)
}

function count(output: string, word: 'pass' | 'fail'): number {
  return Number(new RegExp(`^\\s*(\\d+) ${word}$`, 'm').exec(output)?.[1] ?? 0)
}
