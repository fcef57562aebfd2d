// Writes what is generated from the sources, or with --check says whether it is up to date (exit code 1: it is not).
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationReference } from './generate/configuration.ts'
import { coverageTable } from './generate/coverage.ts'
import { detectionsPage } from './generate/detections.ts'
import { answerEncodings, requestEncodings } from './generate/encodings.ts'
import { endpointsTable } from './generate/endpoints.ts'
import { errorsReference, refusalsReference } from './generate/errors.ts'
import { formatted } from './generate/format.ts'
import { headersReference } from './generate/headers.ts'
import { included } from './generate/included.ts'
import { configurationJsonSchema } from './generate/json-schema.ts'
import { between } from './generate/markers.ts'
import { root } from './generate/packages.ts'
import { recordReference } from './generate/record.ts'

const check = process.argv.includes('--check')

const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '')

const example = 'examples/detector-codenames'
const adapterExample = 'examples/adapter-parrot'
/** What stands between markers, by page and by the markers' name. */
const pages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': { endpoints: await endpointsTable() },
  'docs/census.md': { coverage: await coverageTable() },
  'docs/configuration.md': { reference: await configurationReference() },
  'docs/detections.md': { detections: await detectionsPage() },
  'docs/encodings.md': { requests: requestEncodings(), answers: answerEncodings() },
  'docs/errors.md': { refusals: refusalsReference(), errors: errorsReference() },
  'docs/headers.md': { headers: headersReference() },
  'docs/record.md': { record: recordReference() },
  'docs/writing-a-detector.md': {
    detector: included(`${example}/index.ts`),
    test: included(`${example}/index.test.ts`),
    configuration: included(`${example}/sluice.yaml`),
    package: included(`${example}/package.json`),
  },
  'docs/writing-an-adapter.md': {
    adapter: included(`${adapterExample}/index.ts`),
    test: included(`${adapterExample}/index.test.ts`),
    configuration: included(`${adapterExample}/sluice.yaml`),
  },
}

const files: Record<string, string> = { 'apps/gateway/sluice.schema.json': configurationJsonSchema() }
for (const [path, blocks] of Object.entries(pages)) {
  const page = Object.entries(blocks).reduce((text, [name, block]) => between(text, name, block), read(path))
  files[path] = formatted(path, page)
}

const stale = Object.entries(files).filter(([path, text]) => read(path) !== text)
for (const [path, text] of stale) {
  if (check) console.error(`${path} is out of date: run \`bun run generate\``)
  else {
    writeFileSync(join(root, path), text)
    console.error(`wrote ${path}`)
  }
}
if (check && stale.length > 0) process.exitCode = 1
