import { describe, expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import { type SampleTool, testToolFilter } from '@sluice/testing'
import definition, { type ToolFilterRulesOptions } from './index.ts'
import { serverRules } from './servers.ts'
import { toolRules } from './tool-rules.ts'

const none: ToolFilterRulesOptions = {
  deny: [],
  allow: [],
  denyCapabilities: [],
  denyCommands: [],
  allowServers: [],
  allowConnectors: [],
}
const create = (options: Partial<ToolFilterRulesOptions>) => () => toolRules({ ...none, ...options })
const runner = { describe, test }
const notAllowed = { deny: 'TOOL_SERVER_NOT_ALLOWED' }
const mcp = (server?: SampleTool['server'], name = 'mcp'): SampleTool => ({
  name,
  type: 'hosted',
  ...(server === undefined ? {} : { server }),
})
const at = (url: string) => mcp({ url })

testToolFilter(
  'tools that reach out to servers, with nothing listed',
  create({}),
  {
    define: [
      { tool: at('https://mcp.example.com/sse'), verdict: notAllowed },
      { tool: mcp({ connector: 'connector_gmail' }), verdict: notAllowed },
      { tool: mcp(), verdict: notAllowed },
      { tool: mcp(undefined, 'mcp_2025_11_25'), verdict: notAllowed },
      { tool: mcp({}, 'toolbox'), verdict: notAllowed },
      { tool: { name: 'web_search', type: 'hosted' }, verdict: 'abstain' },
      // A function of that name is run by the client.
      { tool: { name: 'mcp' }, verdict: 'abstain' },
    ],
  },
  runner,
)

testToolFilter(
  'tools that reach out to servers, with some listed',
  create({
    allowServers: ['mcp.example.com', '*.tools.example.com', 'mcp.example.org:8443'],
    allowConnectors: ['connector_gmail', '__proto__'],
  }),
  {
    define: [
      { tool: at('https://mcp.example.com'), verdict: 'allow' },
      { tool: at('https://mcp.example.com/sse?a=%20b#c'), verdict: 'allow' },
      { tool: at('https://a.tools.example.com/'), verdict: 'allow' },
      { tool: at('https://a.b.tools.example.com/'), verdict: 'allow' },
      { tool: at('https://mcp.example.org:8443/'), verdict: 'allow' },
      { tool: mcp({ connector: 'connector_gmail' }), verdict: 'allow' },
      { tool: mcp({ connector: 'connector_dropbox' }), verdict: notAllowed },
      { tool: mcp({ connector: 'constructor' }), verdict: notAllowed },
      { tool: mcp({ connector: '' }), verdict: notAllowed },
      { tool: mcp({ url: 'https://mcp.example.com/', connector: 'connector_dropbox' }), verdict: notAllowed },
      { tool: mcp({ url: 'https://evil.example/', connector: 'connector_gmail' }), verdict: notAllowed },
      { tool: mcp(), verdict: notAllowed },
    ],
  },
  runner,
)

describe('look-alikes of a listed host', () => {
  const reach = serverRules({ allowServers: ['mcp.example.com', '*.example.net', '127.0.0.1'], allowConnectors: [] })
  test.each([
    'http://mcp.example.com/',
    'https://mcp.example.com.evil.org/',
    'https://evilmcp.example.com/',
    'https://mcp.example.com@evil.org/',
    'https://user@mcp.example.com/',
    'https://@mcp.example.com/',
    'https://evil.org/mcp.example.com',
    'https://evil.org#mcp.example.com',
    'https://evil.org?mcp.example.com',
    'https://evil.org\\mcp.example.com/',
    'https://mcp.example.com\\@evil.org/',
    'https://evil.org\\@mcp.example.com/',
    'https://MCP.example.com/',
    'HTTPS://mcp.example.com/',
    'https://mcp.example.com./',
    'https://mcp.example.com:443/',
    'https://mcp.example.com:8443/',
    'https://mcp。example。com/',
    'https://mcp.exam\u00adple.com/',
    'https://mcp.ex%61mple.com/',
    'https://mсp.example.com/',
    'https:mcp.example.com/',
    'https:///mcp.example.com/',
    ' https://mcp.example.com/',
    'https://mcp.example.com/\n',
    'https://mcp.example.com/a/../b',
    'https://example.net/',
    'https://evilexample.net/',
    'https://a.example.net./',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://127.1/',
    'https://[::ffff:127.0.0.1]/',
    'wss://mcp.example.com/',
    'file://mcp.example.com/',
    'mcp.example.com',
    '//mcp.example.com/',
    '',
  ])('%j is denied', (url) => {
    expect(reach({ type: 'hosted', name: 'mcp', server: { url } })).toBe('unlisted')
  })
  test.each(['https://mcp.example.com/', 'https://a.example.net/x', 'https://127.0.0.1/'])('%j is not', (url) => {
    expect(reach({ type: 'hosted', name: 'mcp', server: { url } })).toBe('listed')
  })
})

describe('a listed server beside the other rules', () => {
  const listed = at('https://mcp.example.com/')
  const options = { allowServers: ['mcp.example.com'] }
  testToolFilter(
    'needs no other allowance, and is not asked what it can do',
    create({ ...options, allow: ['get_*'], denyCapabilities: ['SHELL_EXECUTION'] }),
    {
      define: [
        { tool: listed, verdict: 'allow' },
        { tool: at('https://mcp.example.org/'), verdict: { deny: 'TOOL_NOT_ALLOWED' } },
        { tool: { name: 'send' }, verdict: { deny: 'TOOL_NOT_ALLOWED' } },
      ],
    },
    runner,
  )
  testToolFilter(
    'is denied by its name all the same',
    create({ ...options, deny: ['mcp'] }),
    {
      define: [
        { tool: listed, verdict: { deny: 'TOOL_DENIED_BY_NAME' } },
        { tool: { ...listed, name: 'toolbox' }, verdict: 'allow' },
      ],
    },
    runner,
  )
})

test('options: a host is a host', () => {
  const check = (allowServers: string[]) => Value.Check(definition.options, { ...none, allowServers })
  for (const host of ['*', 'a', 'mcp.example.com', '*.example.com', 'localhost:8080', '10.0.0.1']) {
    expect([host, check([host])]).toEqual([host, true])
  }
  for (const wrong of ['https://a.com', 'A.com', 'a.com/', 'mcp.*', 'a*.com', '*.', '', 'a.com.', 'u@a.com', '[::1]']) {
    expect([wrong, check([wrong])]).toEqual([wrong, false])
  }
  expect(Value.Check(definition.options, { ...none, allowConnectors: ['a b'] })).toBe(false)
})
