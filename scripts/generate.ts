// Writes what is generated from the sources, or with --check says whether it is up to date (exit code 1: it is not).
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationReference } from './generate/configuration.ts'
import { detectionsPage } from './generate/detections.ts'
import { configurationJsonSchema } from './generate/json-schema.ts'
import { between } from './generate/markers.ts'
import { root } from './generate/packages.ts'

const check = process.argv.includes('--check')

const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '')

const files: Readonly<Record<string, string>> = {
  'apps/gateway/sluice.schema.json': configurationJsonSchema(),
  'docs/configuration.md': between(read('docs/configuration.md'), 'reference', await configurationReference(), {
    title: 'Configuration',
  }),
  'docs/detections.md': between(read('docs/detections.md'), 'detections', await detectionsPage(), {
    title: 'Detections',
  }),
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
