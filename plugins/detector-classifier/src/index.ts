import { resolve } from 'node:path'
import {
  type Closeable,
  type DetectorDefinition,
  type DetectorInstance,
  defineDetector,
  type SetupContext,
  SluiceError,
} from '@sluice/core'
import { findingsOf, typesOf } from './labels.ts'
import { ModelWorkers } from './model-workers.ts'
import { type ClassifierOptions, classifierOptions, segmentKinds, withDefaults } from './options.ts'

export type { ClassifierOptions, LabelEntry, Runtime } from './options.ts'

/** Runs a local ONNX sequence classifier over each segment, in a thread of its own. */
const classifier: DetectorDefinition<ClassifierOptions> = defineDetector<ClassifierOptions>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-classifier',
    version: '0.1.0',
    description: 'Runs a local ONNX sequence classifier over each segment',
  },
  options: classifierOptions,
  create: createClassifier,
})

export default classifier

async function createClassifier(given: ClassifierOptions, ctx: SetupContext): Promise<DetectorInstance & Closeable> {
  const options = withDefaults(given)
  const { labels, kinds, workers: size, queue } = options
  if (options.overlapTokens > options.maxTokens / 2) {
    throw invalid(ctx, 'overlapTokens is more than half of maxTokens')
  }
  const workers = new ModelWorkers({ ...options, folder: resolve(ctx.folder, options.path) }, { workers: size, queue })
  try {
    const names = await workers.start()
    const unknown = Object.keys(labels).filter((label) => !names.includes(label))
    if (unknown.length > 0) {
      throw new Error(`the model has no label ${unknown.join(', ')}, but ${names.join(', ')}`)
    }
    return {
      mode: 'inspect',
      types: typesOf(labels),
      ...(kinds === undefined ? {} : { excludes: segmentKinds.filter((kind) => !kinds.includes(kind)) }),
      inspect: async ({ text }, { signal }) => findingsOf(await workers.classify(text, signal), names, labels),
      close: () => workers.close(),
    }
  } catch (cause) {
    await workers.close()
    throw invalid(ctx, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function invalid({ instance }: SetupContext, message: string, cause?: unknown): SluiceError {
  return new SluiceError('SLUICE_PLUGIN_OPTIONS_INVALID', message, { plugin: instance, cause })
}
