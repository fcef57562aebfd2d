import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LinearTable } from '../src/model/linear.ts'
import { pack } from '../src/model/pack.ts'
import { readExamples, varied } from './examples.ts'
import { fit } from './fit.ts'
import { readRequests } from './requests.ts'
import { attackFit, requestFit, seeds } from './settings.ts'

const examples = readExamples().filter(({ heldOut }) => !heldOut)
const attack = fit([...examples, ...varied(examples, seeds.varied)], attackFit)
const requests = readRequests().filter(({ heldOut }) => !heldOut)
const request = fit(requests, requestFit)

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
  const numbers = `shift: ${shift}, step: ${Number(step.toPrecision(6))}, bias: ${Number(bias.toPrecision(6))}`
  return `export const ${name}: LinearTable = {
  ${numbers.split(', ').join(',\n  ')},
  weights: unpack(
    '${pack(weights)}',
  ),
}
`
}
