#!/usr/bin/env node
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { buildIndex } from './build-index.ts'

// The command of this package: `sluice-source-index --out code.slfp ./repository`, with the key in SOURCE_CODE_KEY.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    except: { type: 'string', multiple: true },
    identifiers: { type: 'boolean' },
  },
})
const { out, except = [], identifiers } = values
const key = process.env['SOURCE_CODE_KEY']
if (out === undefined || key === undefined || positionals.length === 0) {
  console.error('SOURCE_CODE_KEY=… sluice-source-index --out FILE [--except FOLDER]… [--identifiers] FOLDER…')
  process.exitCode = 2
} else {
  const built = buildIndex({
    folders: positionals,
    except,
    key,
    ...(identifiers === true && { normalise: 'identifiers' }),
  })
  writeFileSync(out, built.bytes)
  console.log(`${built.fingerprints} fingerprints of ${built.files} files: ${built.bytes.length} bytes in ${out}`)
}
