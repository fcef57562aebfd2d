import type { Operation } from '../../packages/core/src/index.ts'
import anthropic from '../../plugins/adapter-anthropic/src/index.ts'
import openai from '../../plugins/adapter-openai/src/index.ts'
import { quiet, root } from './packages.ts'

/** What the adapters declare. Everything else is refused with 404. */
export async function endpointsTable(): Promise<string> {
  const context = { instance: 'adapter', folder: root, log: quiet, signal: new AbortController().signal, now: Date.now }
  const adapters = [
    await openai.create({ baseUrl: 'https://api.openai.com/v1', allowInsecure: false }, context),
    await anthropic.create({ baseUrl: 'https://api.anthropic.com/v1', allowInsecure: false }, context),
  ]
  const names = ['OpenAI', 'Anthropic']
  const rows = adapters.flatMap(({ operations }, at) => operations.map((operation) => row(names[at] ?? '', operation)))
  return ['| provider | method | path | operation | |', '|---|---|---|---|---|', ...rows].join('\n')
}

function row(provider: string, { methods, path, name, inspection }: Operation): string {
  return `| ${provider} | ${methods.join(', ')} | \`${path}\` | \`${name}\` | ${inspection} |`
}
