import { accepted } from './accepted.ts'
import { vettedDetectors } from './detectors.ts'
import { inputsOf } from './inputs.ts'
import { type Measured, measure } from './measure.ts'
import { spelledSources } from './sources.ts'
import { superLinear } from './super-linear.ts'

// Whether every rule is linear in practice: `bun run vet [ms] [one of so many]`. No text of 32 KB that is made of what the rules look for may
// take all detectors together longer than so many ms, 100 unless said otherwise: on a machine that does nothing else.

const boundMs = Number(process.argv[2] ?? 100)
/** Of the texts, every so many is tried: all of them unless said otherwise. */
const every = Number(process.argv[3] ?? 1)
const sources = spelledSources()
const problems: string[] = []

for (const { file, expressions } of sources) {
  for (const expression of expressions) {
    const why = accepted.has(expression.source) ? undefined : superLinear(expression)
    if (why !== undefined) problems.push(`${why}: ${expression} in ${file}`)
  }
}

const detectors = await vettedDetectors()
const measured: Measured[] = []
let made = 0
let inputs = 0
let refused = 0
for (const source of sources) {
  for (const input of inputsOf(source)) {
    if (made++ % every !== 0) continue
    const results = await measure(detectors, input, boundMs / 4)
    inputs++
    if ((results[0]?.refused ?? 0) > 0) refused++
    for (const result of results) {
      measured.push(result)
      if (result.ms > boundMs) problems.push(`${describe(result)} is over ${boundMs} ms`)
    }
  }
}

const worst = measured.toSorted((a, b) => b.ms - a.ms).slice(0, 10)
console.log(`${inputs} texts of 32 KB, ${detectors.length} detectors; ${refused} texts refused; the slowest:`)
for (const one of worst) console.log(describe(one))
for (const problem of problems) console.error(problem)
process.exit(problems.length === 0 ? 0 : 1)

function describe({ detector, file, ms, text, refused: times }: Measured): string {
  return `${ms.toFixed(1).padStart(7)} ms  ${detector}  ${JSON.stringify(text)}${times > 0 ? ' refused' : ''}  (${file})`
}
