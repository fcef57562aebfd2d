import {
  type Closeable,
  type DetectionTypeSpec,
  type DetectorDefinition,
  type DetectorInstance,
  defineDetector,
  type Finding,
  type ScanStep,
  SluiceError,
  type TextSegment,
} from '@sluice/core'
import { createPatternScan, joinScans, withViews } from '@sluice/detect'
import { exactReach, exactScan } from './exact/exact-scan.ts'
import { inspectPatterns } from './inspect-patterns.ts'
import { type CustomOptions, customOptions } from './options.ts'
import { customTypes } from './taxonomy.ts'
import { wordRules } from './words.ts'

export { exactValue } from './exact/exact-value.ts'
export type { CustomEntry, CustomOptions, ExactEntry, PatternEntry, WordsEntry } from './options.ts'

/** Finds the words, linear-time patterns and hashed values named in the configuration. */
const custom: DetectorDefinition<CustomOptions> = defineDetector<CustomOptions>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-custom',
    version: '0.1.0',
    description: 'Finds the words, linear-time patterns and hashed values named in the configuration',
  },
  options: customOptions,
  create(options, ctx) {
    try {
      return createCustomDetector(options)
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause
      throw new SluiceError('SLUICE_PLUGIN_OPTIONS_INVALID', cause.message, { plugin: ctx.instance, cause })
    }
  },
})

export default custom

/**
 * With words and exact values alone it scans, and streams are released as they come. A pattern of a user's has no bound that would let text
 * be released before the segment is whole: with one pattern or more it inspects whole segments.
 */
function createCustomDetector(options: CustomOptions): DetectorInstance & Closeable {
  const types = customTypes(options)
  if (Object.keys(types).length === 0)
    throw new RangeError('give words, patterns or exact values: there is nothing to look for')
  const words = withViews(scanOf(options, types), options.exact === undefined ? viewReach : exactReach)
  const { patterns = [] } = options
  if (patterns.length === 0) return words
  const { find, close } = inspectPatterns(patterns)
  return {
    mode: 'inspect',
    types,
    async inspect(segment, ctx) {
      const found = [...scanWhole(words, segment), ...(await find(segment.text, ctx))]
      return found.sort((a, b) => a.start - b.start || b.end - a.end)
    },
    close,
  }
}

function scanOf({ words, exact }: CustomOptions, types: Readonly<Record<string, DetectionTypeSpec>>): DetectorInstance {
  const ofWords = createPatternScan(wordRules(words ?? []), types)
  return exact === undefined ? ofWords : joinScans([ofWords, exactScan(exact, types)], types)
}

/** Longer than any word. */
const viewReach = 320

function scanWhole(scan: DetectorInstance, segment: TextSegment): readonly Finding[] {
  if (scan.mode !== 'scan') return []
  const first: ScanStep<unknown> = scan.push(scan.init(segment), segment.text)
  return [...first.findings, ...scan.end(first.state).findings]
}
