import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  type DetectorDefinition,
  type DetectorInstance,
  defineDetector,
  type SetupContext,
  SluiceError,
} from '@sluice/core'
import { joinScans } from '@sluice/detect'
import { createBlockScan } from './block-scan.ts'
import { createFingerprintScan } from './fingerprint-scan.ts'
import { decodeIndex, type FingerprintIndex } from './index-file.ts'
import { type SourceCodeOptions, sourceCodeOptions } from './options.ts'
import { type SourceCodeType, sourceCodeTypes } from './types.ts'

export { type BuiltIndex, buildIndex, type IndexSetup } from './build-index.ts'
export type { SourceCodeOptions } from './options.ts'
export type { SourceCodeType } from './types.ts'

/** Advisory: code of registered repositories, and large blocks of code. */
const sourceCode: DetectorDefinition<SourceCodeOptions, SourceCodeType> = defineDetector<
  SourceCodeOptions,
  SourceCodeType
>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-source-code',
    version: '0.1.0',
    description: 'Advisory: code of registered repositories, and large blocks of code',
  },
  options: sourceCodeOptions,
  create: createSourceCodeDetector,
})

export default sourceCode

function createSourceCodeDetector(options: SourceCodeOptions, ctx: SetupContext): DetectorInstance<SourceCodeType> {
  const { index = [], key, minFingerprints = 4, minLines = 3, blockLines = 40 } = options
  const files = typeof index === 'string' ? [index] : index
  const scans = files.map((file) => {
    return createFingerprintScan(readIndex(file, key, ctx), { minFingerprints, minLines })
  })
  if (scans.length === 0 && blockLines === false) throw invalid('there is nothing to look for: give an index', ctx)
  return joinScans(blockLines === false ? scans : [...scans, createBlockScan(blockLines)], sourceCodeTypes)
}

function readIndex(file: string, key: string | undefined, ctx: SetupContext): FingerprintIndex {
  if (key === undefined) throw invalid('an index needs the key that it was made with', ctx)
  try {
    return decodeIndex(readFileSync(resolve(ctx.folder, file)), key)
  } catch (cause) {
    const why = cause instanceof RangeError ? cause.message : 'cannot be read'
    throw invalid(`${file} ${why}`, ctx, cause)
  }
}

function invalid(message: string, { instance }: SetupContext, cause?: unknown): SluiceError {
  return new SluiceError('SLUICE_PLUGIN_OPTIONS_INVALID', message, { plugin: instance, cause })
}
