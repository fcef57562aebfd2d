import { errorCatalog, refusals } from '../../packages/core/src/index.ts'

/** What a caller can be answered in the provider's place. */
export function refusalsReference(): string {
  return Object.entries(refusals)
    .map(([code, { status, text, cause, remedy }]) => section(code, `${status} \`${text}\``, cause, remedy))
    .join('\n\n')
}

/** What the person who runs a gateway can be told. */
export function errorsReference(): string {
  return Object.entries(errorCatalog)
    .map(([code, { cause, remedy }]) => section(code, undefined, cause, remedy))
    .join('\n\n')
}

function section(code: string, answer: string | undefined, cause: string, remedy: string): string {
  const first = answer === undefined ? [] : [answer]
  return [`### \`${code}\``, ...first, `- **Cause**: ${cause}\n- **Remedy**: ${remedy}`].join('\n\n')
}
