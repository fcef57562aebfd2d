import type { ToolDefinition } from '@sluice/core'
import { hostedBase } from './hosted.ts'
import { nameGlobs } from './name-globs.ts'
import type { ToolFilterRulesOptions } from './options.ts'

export type Reach = 'none' | 'listed' | 'unlisted'

/**
 * Whether a tool of the provider's own reaches out to somebody's server, and to one that is listed. The provider calls it
 * before the answer is seen, with what it likes of the conversation.
 */
export function serverRules(
  options: Pick<ToolFilterRulesOptions, 'allowServers' | 'allowConnectors'>,
): (tool: Pick<ToolDefinition, 'type' | 'name' | 'server'>) => Reach {
  const isHost = nameGlobs(options.allowServers, { ignoreCase: false })
  const connectors = new Set(options.allowConnectors)
  return ({ type, name, server }) => {
    if (server === undefined) {
      // An MCP tool that says no server: whose it is only the provider knows.
      return type === 'hosted' && hostedBase(name) === 'mcp' ? 'unlisted' : 'none'
    }
    const { url, connector } = server
    if (url === undefined && connector === undefined) return 'unlisted'
    if (connector !== undefined && !connectors.has(connector)) return 'unlisted'
    if (url === undefined) return 'listed'
    const host = hostOf(url)
    return host !== undefined && isHost(host) ? 'listed' : 'unlisted'
  }
}

/**
 * Host and port of an https URL that is written as the URL standard writes it, so that every reader takes it for the same:
 * lower case, no user, no default port, an address in its usual spelling, no dot at the end.
 */
function hostOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { href, protocol, host, hostname, username, password } = new URL(text)
  const isPlain = href === text || href === `${text}/`
  if (!isPlain || protocol !== 'https:' || username !== '' || password !== '') return undefined
  return hostname.endsWith('.') || hostname === '' ? undefined : host
}
