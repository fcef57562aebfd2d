import { type DetectorDefinition, type DetectorInstance, defineDetector } from '@sluice/core'
import { createWindowScan, withViews } from '@sluice/detect'
import { judge } from './judge.ts'
import { type ContentOptions, contentOptions } from './options.ts'
import { type ContentType, contentTypes } from './types.ts'

export type { ContentOptions } from './options.ts'
export type { ContentType } from './types.ts'

/** Advisory: words and phrases of hate, violence, sex, self-harm and profanity. */
const content: DetectorDefinition<ContentOptions, ContentType> = defineDetector<ContentOptions, ContentType>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-content',
    version: '0.1.0',
    description: 'Advisory: words and phrases of hate, violence, sex, self-harm and profanity',
  },
  options: contentOptions,
  create: createContentDetector,
})

export default content

function createContentDetector(options: ContentOptions): DetectorInstance<ContentType> {
  const wanted = new Set<ContentType>(options.types ?? (Object.keys(contentTypes) as ContentType[])) // As in the options.
  const scan = createWindowScan<ContentType>({
    types: contentTypes,
    ...{ longest: 1000, overlap: 160 },
    judge: ({ text }) => judge(text).filter(({ type }) => wanted.has(type)),
  })
  return withViews(scan, viewReach)
}

/** Longer than any phrase. */
const viewReach = 160
