import { droppedHeaders } from '../../packages/core/src/index.ts'

/** The names that do not pass, from the sets that the core drops by. */
export function headersReference(): string {
  return [
    `To the provider: ${listed(droppedHeaders.request)}, and all that begin with \`x-sluice-\`.`,
    `To the client: ${listed(droppedHeaders.response)}, and all that begin with \`x-sluice-\` except the gateway's own.`,
  ].join('\n\n')
}

function listed(names: ReadonlySet<string>): string {
  return [...names]
    .toSorted()
    .map((name) => `\`${name}\``)
    .join(', ')
}
