import type { Operation } from '../../packages/core/src/index.ts'
import adapter from '../../plugins/adapter-openai/src/index.ts'
import { quiet, root } from './packages.ts'

export async function openaiOperations(): Promise<readonly Operation[]> {
  const context = {
    instance: 'openai',
    folder: root,
    log: quiet,
    signal: new AbortController().signal,
    now: Date.now,
  }
  const { operations } = await adapter.create({ baseUrl: 'https://api.openai.com/v1', allowInsecure: false }, context)
  return operations
}

/** What the OpenAI adapter declares. Everything else is refused with 404. */
export async function endpointsTable(): Promise<string> {
  const operations = await openaiOperations()
  const rows = operations.map(({ methods, path, name, inspection }) => {
    return `| ${methods.join(', ')} | \`${path}\` | \`${name}\` | ${inspection} |`
  })
  return ['| method | path | operation | |', '|---|---|---|---|', ...rows].join('\n')
}
