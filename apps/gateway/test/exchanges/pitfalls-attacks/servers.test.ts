import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json } from '@sluice/testing'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const filter = '@sluice/tool-filter-rules'
const listing = { allowServers: ['mcp.example.com', '*.tools.example.com'], allowConnectors: ['connector_gmail'] }
const gateway = served({
  apps: {
    configured: {},
    listing: { plugins: [{ id: filter, options: listing }] },
    any: { plugins: [{ id: filter, options: { allowServers: ['*'] } }] },
    capable: { plugins: [{ id: filter, options: { denyCapabilities: ['SHELL_EXECUTION'] } }] },
    offline: { plugins: [{ id: filter, options: { denyCapabilities: ['NETWORK_ACCESS'] } }] },
  },
  config: { plugins: [{ use: filter }] },
})
const chat = '/v1/chat/completions'
const weather: Json = { type: 'function', function: { name: 'get_weather', parameters: {} } }
const mcp = (more: { readonly [name: string]: Json }): Json => ({ type: 'mcp', server_label: 'a', ...more })

/** What went upstream: the tools, and the words of the body. */
async function forwarded(app: string, tools: readonly Json[]): Promise<{ tools: unknown; text: string; sent: string }> {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  const sent = JSON.stringify(prompt('hi', { tools, tool_choice: 'auto' }))
  const answer = await gateway.send(chat, sent, { app })
  expect(answer.status).toBe(200)
  const request = gateway.upstream.requests.at(-1)
  if (request === undefined) throw new Error('nothing went upstream')
  const { tools: left } = request.json() as { tools?: unknown }
  return { tools: left, text: request.text(), sent }
}

describe('45 hosted tools that run before egress is seen', () => {
  test('a server that nobody listed never reaches upstream', async () => {
    for (const app of ['configured', 'listing', 'capable']) {
      for (const tool of [
        mcp({ server_url: 'https://exfil.example.org/sse' }),
        mcp({ server_url: 'https://exfil.example.org/sse', require_approval: 'never', headers: { a: 'exfil' } }),
        mcp({ connector_id: 'exfil_drive', authorization: 'exfil' }),
        mcp({ server_label: 'exfil' }),
        mcp({ name: 'get_weather', server_url: 'https://exfil.example.org/' }),
        { type: 'mcp_2025_11_25', server_url: 'https://exfil.example.org/' },
        { type: 'toolbox', server_url: 'https://exfil.example.org/' },
        mcp({ server_url: 'https://mcp.example.com/', connector_id: 'exfil' }),
      ]) {
        const { tools, text } = await forwarded(app, [weather, tool])
        expect([app, tools]).toEqual([app, [weather]])
        expect(text).not.toContain('exfil')
      }
    }
  })

  test('with no tool left, what hangs on tools goes too', async () => {
    const { tools, text } = await forwarded('configured', [mcp({ server_url: 'https://exfil.example.org/' })])
    expect(tools).toBeUndefined()
    expect(text).toBe(JSON.stringify(prompt('hi')))
  })

  test('the record says which, and why', async () => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const tools = [mcp({ server_url: 'https://exfil.example.org/' })]
    const answer = await gateway.send(chat, prompt('hi', { tools }), { app: 'configured' })
    expect(await gateway.record(answer)).toMatchObject({
      toolsRemoved: [{ name: 'mcp', code: 'TOOL_SERVER_NOT_ALLOWED', filter }],
    })
  })

  test('a listed one passes, byte for byte', async () => {
    for (const tool of [
      mcp({ server_url: 'https://mcp.example.com/sse?b=1&a=%20', require_approval: { never: { tool_names: ['x'] } } }),
      mcp({ server_url: 'https://a.tools.example.com' }),
      mcp({ connector_id: 'connector_gmail', authorization: 'ya29.x', allowed_tools: ['search'] }),
    ]) {
      const { text, sent } = await forwarded('listing', [weather, tool])
      expect(text).toBe(sent)
    }
  })

  test('of two, the one that is listed', async () => {
    const listed = mcp({ server_url: 'https://mcp.example.com/' })
    const { tools } = await forwarded('listing', [mcp({ server_url: 'https://exfil.example.org/' }), listed])
    expect(tools).toEqual([listed])
  })

  test.each([
    'https://mcp.example.com.exfil.org/',
    'https://mcp.example.com@exfil.org/',
    'https://exfil.org#@mcp.example.com/',
    'https://exfil.org\\@mcp.example.com/',
    'https://user:pass@mcp.example.com/',
    'http://mcp.example.com/',
    'https://MCP.EXAMPLE.COM/',
    'https://mcp.example.com./',
    'https://mcp.example.com:8443/',
    'https://mсp.example.com/',
    'https://tools.example.com/',
    'https://eviltools.example.com/',
    'https://3627734734/',
  ])('a look-alike of a listed host is not it: %s', async (server_url) => {
    const { tools } = await forwarded('listing', [weather, mcp({ server_url })])
    expect(tools).toEqual([weather])
  })

  test('a server of somebody’s own network is refused, though any host is listed', async () => {
    for (const server_url of ['https://127.0.0.1/', 'https://vault.internal/']) {
      const before = gateway.upstream.requests.length
      const answer = await gateway.send(chat, prompt('hi', { tools: [mcp({ server_url })] }), { app: 'any' })
      expect(await gateway.record(answer)).toMatchObject({ status: 400, code: 'SLUICE_URL_NOT_PUBLIC' })
      expect(gateway.upstream.requests).toHaveLength(before)
    }
  })

  test('a server in a member spelled otherwise, or of another type, is refused', async () => {
    for (const more of [{ Server_URL: 'https://exfil.example.org/' }, { server_url: ['https://exfil.example.org/'] }]) {
      const answer = await gateway.send(chat, prompt('hi', { tools: [mcp(more)] }), { app: 'any' })
      expect(answer.status).toBe(400)
    }
  })

  test('a networked shell and a computer, by what they can do', async () => {
    const network = { type: 'container_auto', network_policy: { type: 'allowlist', allowed_domains: ['exfil.org'] } }
    const shell = { type: 'shell', environment: network }
    for (const app of ['capable', 'offline']) {
      for (const tool of [shell, { type: 'computer_use_preview', environment: 'browser' }]) {
        const { tools, text } = await forwarded(app, [weather, tool])
        expect([app, tools]).toEqual([app, [weather]])
        expect(text).not.toContain('exfil')
      }
    }
  })
})
