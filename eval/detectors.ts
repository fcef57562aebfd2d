import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkOptions } from '../apps/gateway/src/plugins/options.ts'
import type { DetectorDefinition, LoadedDetector, SetupContext } from '../packages/core/src/index.ts'

interface Listed {
  readonly name: string
  /** What a user who names no options gets is measured, but for those that do nothing without. */
  readonly options?: Readonly<Record<string, unknown>>
}

/** Every detector that is evaluated. One whose package is not there is said to be absent. */
export const listed: readonly Listed[] = [
  { name: 'secrets' },
  { name: 'pii' },
  { name: 'prompt-injection' },
  { name: 'tool-abuse' },
  { name: 'exfiltration' },
  { name: 'leakage' },
  {
    name: 'flows',
    options: {
      flows: [
        {
          name: 'strangers-words-do-not-act',
          from: 'tool-result(read_*|get_*|search_*|fetch_*|web_*|list_*)',
          to: 'tool-call(send_*|http_*|share_*|transfer_*|create_*|update_*|delete_*|invite_*)',
        },
      ],
    },
  },
  { name: 'content' },
  { name: 'source-code' },
  {
    name: 'custom',
    options: { words: [{ type: 'CUSTOM_CODENAME', severity: 'HIGH', list: ['Project Nightingale', 'Bluebird-7'] }] },
  },
]

export interface Detectors {
  readonly loaded: ReadonlyMap<string, LoadedDetector>
  readonly absent: readonly string[]
}

export async function loadDetectors(): Promise<Detectors> {
  const loaded = new Map<string, LoadedDetector>()
  const absent: string[] = []
  for (const each of listed) {
    const entry = fileURLToPath(new URL(`../plugins/detector-${each.name}/src/index.ts`, import.meta.url))
    const detector = existsSync(entry) ? await load(entry, each) : undefined
    if (detector === undefined) absent.push(each.name)
    else loaded.set(each.name, detector)
  }
  return { loaded, absent }
}

/** As the gateway does it: options with their defaults, checked, and the definition's own `create`. */
async function load(entry: string, { name, options = {} }: Listed): Promise<LoadedDetector | undefined> {
  const { default: definition } = (await import(entry)) as { readonly default?: DetectorDefinition<never> }
  // A package that somebody has only begun.
  if (definition === undefined) return undefined
  const checked = checkOptions(definition, options, ['plugins', name])
  if (checked.problems.length > 0) throw new Error(`options of ${name}: ${JSON.stringify(checked.problems)}`)
  // Checked by the definition's own schema; `never` only says that they are nobody else's.
  const instance = await definition.create(checked.options as never, { ...setup, instance: name })
  return { id: name, instance, onError: 'refuse', timeoutMs: 60_000 }
}

const silent = (): void => undefined
const setup: Omit<SetupContext, 'instance'> = {
  folder: fileURLToPath(new URL('.', import.meta.url)),
  log: { debug: silent, info: silent, warn: silent, error: silent },
  signal: new AbortController().signal,
  now: Date.now,
}
