/** Browsers can set no header on a WebSocket: the API takes these subprotocols in place of its headers. */
const CREDENTIALS = [
  { prefix: 'openai-insecure-api-key.', header: 'authorization', scheme: 'Bearer ' },
  { prefix: 'openai-organization.', header: 'openai-organization', scheme: '' },
  { prefix: 'openai-project.', header: 'openai-project', scheme: '' },
] as const

export function subprotocolCredentials(protocols: readonly string[]): (readonly [header: string, value: string])[] {
  return protocols.flatMap((protocol) =>
    CREDENTIALS.filter(({ prefix }) => protocol.startsWith(prefix)).map(
      ({ prefix, header, scheme }) => [header, `${scheme}${protocol.slice(prefix.length)}`] as const,
    ),
  )
}
