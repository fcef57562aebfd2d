/**
 * Writes what the OpenAI adapter's census goes by, from the OpenAPI document OpenAI publishes and its licence:
 * `bun run generate:census openapi.json[.gz] LICENSE [--check]`. The document is not in this repository; what is made of it is.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDocument } from './census/document.ts'
import { openaiCensus } from './census/openai.ts'
import { shared } from './census/shared.ts'
import { root } from './generate/packages.ts'

const [documentPath, licensePath] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
if (documentPath === undefined || licensePath === undefined) {
  console.error('usage: bun run generate:census <OpenAPI document, .json or .json.gz> <its licence> [--check]')
  process.exit(2)
}
const document = readDocument(documentPath)
const { shared: list, members } = shared(openaiCensus(document))
const head = {
  source: `${document.info.title} ${document.info.version}, the OpenAPI document published by OpenAI`,
  license: readFileSync(licensePath, 'utf8').trim(),
}
const lines = [
  JSON.stringify(head).slice(0, -1),
  `"shared":[\n${list.map((each) => JSON.stringify(each)).join(',\n')}\n]`,
  `"operations":{\n${members
    .map(([name, samples]) => `${JSON.stringify(name)}:${JSON.stringify(samples)}`)
    .join(',\n')}\n}}`,
]
const text = `${lines.join(',\n')}\n`
const path = 'plugins/adapter-openai/src/census/openai.gen.json'
const before = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''
if (before === text) console.error(`${path} is up to date`)
else if (process.argv.includes('--check')) {
  console.error(`${path} is out of date`)
  process.exitCode = 1
} else {
  writeFileSync(join(root, path), text)
  console.error(`wrote ${path}`)
}
