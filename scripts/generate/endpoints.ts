import type { Operation } from '../../packages/core/src/index.ts'
import anthropic from '../../plugins/adapter-anthropic/src/index.ts'
import openai from '../../plugins/adapter-openai/src/index.ts'
import { quiet, root } from './packages.ts'

const context = { instance: 'adapter', folder: root, log: quiet, signal: new AbortController().signal, now: Date.now }

export async function openaiOperations(): Promise<readonly Operation[]> {
  const { operations } = await openai.create({ baseUrl: 'https://api.openai.com/v1', allowInsecure: false }, context)
  return operations
}

async function anthropicOperations(): Promise<readonly Operation[]> {
  const options = { baseUrl: 'https://api.anthropic.com/v1', allowInsecure: false }
  return (await anthropic.create(options, context)).operations
}

/** What the adapters declare. Everything else is refused with 404. */
export async function endpointsTable(): Promise<string> {
  const rows = [
    ...(await openaiOperations()).map((operation) => row('OpenAI', operation)),
    ...(await anthropicOperations()).map((operation) => row('Anthropic', operation)),
  ]
  return ['| provider | method | path | operation | |', '|---|---|---|---|---|', ...rows].join('\n')
}

function row(provider: string, { methods, path, name, inspection }: Operation): string {
  return `| ${provider} | ${methods.join(', ')} | \`${path}\` | \`${name}\` | ${inspection} |`
}
