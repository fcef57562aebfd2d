import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LinearTable } from '../src/model/linear.ts'
import { pack } from '../src/model/pack.ts'
import { readExamples, varied } from './examples.ts'
import { fit } from './fit.ts'
import { readRequests } from './requests.ts'

/** Everything that is drawn at random is drawn from these: the same corpora give the same weights. */
const seeds = { attacks: 7, requests: 9, varied: 13 }

const examples = readExamples().filter(({ heldOut }) => !heldOut)
const attack = fit([...examples, ...varied(examples, seeds.varied)], {
  bits: 19,
  rounds: 6,
  l1: 0.02,
  seed: seeds.attacks,
  mined: true,
})
const request = fit(
  readRequests().filter(({ heldOut }) => !heldOut),
  { bits: 18, rounds: 6, l1: 0.02, seed: seeds.requests, mined: false },
)

const target = join(import.meta.dirname, '../src/model/weights.ts')
writeFileSync(
  target,
  `// Written by \`bun run train\`. Derived from the corpora that README.md names.
import type { LinearTable } from './linear.ts'
import { unpack } from './pack.ts'

/** Attacks, against what else people and operators write. */
${printed('attackTable', attack)}
/** Requests to whoever reads, against what else stands in documents. */
${printed('requestTable', request)}`,
)

function printed(name: string, { weights, shift, step, bias }: LinearTable): string {
  const numbers = `shift: ${shift}, step: ${step.toPrecision(6)}, bias: ${bias.toPrecision(6)}`
  return `export const ${name}: LinearTable = {
  ${numbers.split(', ').join(',\n  ')},
  weights: unpack(
    '${pack(weights)}',
  ),
}
`
}
