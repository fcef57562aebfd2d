import type { AdapterDefinition, AdapterInstance, SetupContext } from '../packages/core/src/index.ts'
import anthropic from '../plugins/adapter-anthropic/src/index.ts'
import openai from '../plugins/adapter-openai/src/index.ts'

export interface FuzzedAdapter {
  readonly name: string
  readonly instance: AdapterInstance
  /** Recorded answers: `x.json` whole, `x.chunks.txt` streamed. */
  readonly fixtures: URL
}

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const context: SetupContext = {
  instance: 'fuzz',
  folder: '.',
  log: silent,
  signal: new AbortController().signal,
  now: Date.now,
}

export const adapters: readonly FuzzedAdapter[] = [
  await fuzzed('openai', openai, { allowInsecure: false }),
  await fuzzed('anthropic', anthropic, { allowInsecure: false }),
]

async function fuzzed<Options>(
  name: string,
  adapter: AdapterDefinition<Options>,
  options: Omit<Options, 'baseUrl'>,
): Promise<FuzzedAdapter> {
  // The options differ in their base URL alone, which all of them have.
  const all = { ...options, baseUrl: 'https://provider.example/v1' } as unknown as Options
  const instance = await adapter.create(all, context)
  return { name, instance, fixtures: new URL(`../plugins/adapter-${name}/fixtures/`, import.meta.url) }
}
