import type { Deed } from '@sluice/commands'
import {
  type DetectorDefinition,
  type DetectorInstance,
  defineDetector,
  type Finding,
  type SegmentKind,
} from '@sluice/core'
import { charSet, createWindowScan, joinScans, withViews } from '@sluice/detect'
import { apart } from './apart.ts'
import { argumentsDeeds } from './arguments-deeds.ts'
import { type ToolAbuseOptions, toolAbuseOptions } from './options.ts'
import { proseDeeds } from './prose-deeds.ts'
import { type ToolAbuseType, toolAbuseTypes, typeOf } from './types.ts'

export type { ToolAbuseOptions } from './options.ts'
export type { ToolAbuseType } from './types.ts'

/** Finds what a tool should not be told to do, by reading commands, statements, paths and addresses as what they are. */
const toolAbuse: DetectorDefinition<ToolAbuseOptions, ToolAbuseType> = defineDetector<ToolAbuseOptions, ToolAbuseType>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-tool-abuse',
    version: '0.1.0',
    description: 'Finds commands, queries, paths and addresses that a tool should not be given',
  },
  options: toolAbuseOptions,
  create: createToolAbuseDetector,
})

export default toolAbuse

/** UTF-16 units of arguments that are judged at once, and that two such stretches have in common. */
const argumentsWindow = { longest: 8192, overlap: 1024 }
const proseWindow = { longest: 1024, overlap: 128 }

const prose: readonly SegmentKind[] = [
  ...([
    'instruction',
    'user',
    'assistant',
    'reasoning',
    'refusal',
    'tool-definition',
    'tool-name',
    'tool-result',
  ] as const),
  ...(['transcript', 'embedding-input', 'moderation-input', 'error', 'other'] as const),
]

function createToolAbuseDetector(options: ToolAbuseOptions): DetectorInstance<ToolAbuseType> {
  const report = reporter(options)
  const inArguments = createWindowScan<ToolAbuseType>({
    types: toolAbuseTypes,
    ...argumentsWindow,
    // Commands go on over several lines: only the length ends a window.
    ends: charSet(''),
    judge: ({ text }) => report(text, argumentsDeeds(text)),
  })
  const inProse = createWindowScan<ToolAbuseType>({
    types: toolAbuseTypes,
    ...proseWindow,
    judge: ({ text, segment }) => report(text, proseDeeds(text, segment)),
  })
  return joinScans<ToolAbuseType>(
    [
      { ...withViews(inArguments, 512), excludes: prose },
      { ...withViews(inProse, 512), excludes: ['tool-arguments'] },
    ],
    toolAbuseTypes,
  )
}

/** Turns deeds into findings, without those that the options leave out. */
function reporter(
  options: ToolAbuseOptions,
): (text: string, deeds: readonly Deed[]) => readonly Finding<ToolAbuseType>[] {
  const types = new Set<ToolAbuseType>(options.types ?? Object.values(typeOf))
  const disabled = new Set(options.rules?.disable)
  const allowed = new Set(options.allow)
  return (text, deeds) => {
    const findings = deeds.flatMap<Finding<ToolAbuseType>>(
      ({ class: name, start, end, confidence, severity, rule, evidence }) => {
        const type = typeOf[name]
        if (!types.has(type) || disabled.has(rule) || isAllowed(text.slice(start, end), allowed)) return []
        return [{ type, confidence, start, end, severity, data: { rule, evidence, class: name } }]
      },
    )
    return apart(findings)
  }
}

function isAllowed(written: string, allowed: ReadonlySet<string>): boolean {
  if (allowed.size === 0) return false
  const host = /^\w{1,16}:\/\/(?:[^@/\s]{0,256}@)?(\[[^\]\s]{1,64}\]|[^:/?#\s]{1,256})/.exec(written)?.[1]
  return allowed.has(written.trim()) || (host !== undefined && allowed.has(host))
}
