import { describe, expect, test } from 'bun:test'
import type { Json, JsonObject } from '@sluice/core'
import { json } from '@sluice/testing'
import { served } from '../pitfalls/served.ts'
import { ANTHROPIC } from './anthropic-client.ts'

const gateway = served({
  adapters: [ANTHROPIC],
  config: {
    plugins: [
      {
        use: '@sluice/tool-filter-rules',
        options: { deny: ['shell', 'evil', 'web_search', 'late'], allowServers: ['*.example.com'] },
      },
    ],
  },
})

const shells = served({
  adapters: [ANTHROPIC],
  config: { plugins: [{ use: '@sluice/tool-filter-rules', options: { denyCapabilities: ['SHELL_EXECUTION'] } }] },
})

const server = (name: string): JsonObject => ({ type: 'url', name, url: `https://${name}.example.com` })
const tool = (name: string): JsonObject => ({ name, description: `The ${name}`, input_schema: { type: 'object' } })
const answer = (...content: Json[]): string =>
  JSON.stringify({ type: 'message', role: 'assistant', model: 'm', content, stop_reason: 'end_turn', usage: {} })

async function sent(request: JsonObject): Promise<JsonObject> {
  gateway.upstream.respond(json(answer({ type: 'text', text: 'ok' })))
  const body = { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'x' }], ...request }
  const response = await gateway.send('/v1/messages', body)
  expect(response.status).toBe(200)
  return JSON.parse(gateway.upstream.requests.at(-1)?.text() ?? '')
}

describe('tools that policy forbids leave the request, and what hangs on them', () => {
  test('a choice of one that went goes with it, and stays with one that stayed', async () => {
    const tools = [tool('shell'), tool('calc')]
    const forced = await sent({ tools, tool_choice: { type: 'tool', name: 'shell' } })
    expect([forced['tools'], forced['tool_choice']]).toEqual([[tool('calc')], undefined])
    const other = await sent({ tools, tool_choice: { type: 'tool', name: 'calc' } })
    expect(other['tool_choice']).toEqual({ type: 'tool', name: 'calc' })
    const any = await sent({ tools, tool_choice: { type: 'any' } })
    expect(any['tool_choice']).toEqual({ type: 'any' })
  })

  test('with the last one the list and the choice go', async () => {
    const searching = { type: 'web_search_20250305', name: 'web_search' }
    const none = await sent({ tools: [tool('shell'), searching], tool_choice: { type: 'any' } })
    expect(Object.keys(none)).toEqual(['model', 'max_tokens', 'messages'])
  })

  test('an MCP server goes with the entry that names it, by its name or because it is not listed', async () => {
    const entry = (name: string) => ({ type: 'mcp_toolset', mcp_server_name: name })
    const stranger = { type: 'url', name: 'stranger', url: 'https://example.org' }
    const both = await sent({ tools: [entry('stranger'), entry('docs')], mcp_servers: [stranger, server('docs')] })
    expect([both['tools'], both['mcp_servers']]).toEqual([[entry('docs')], [server('docs')]])
    // An entry that names no server of the request: whose it is only the provider knows.
    expect(Object.keys(await sent({ tools: [entry('docs')] }))).not.toContain('tools')
    const body = await sent({ tools: [entry('evil'), entry('docs')], mcp_servers: [server('evil'), server('docs')] })
    expect([body['tools'], body['mcp_servers']]).toEqual([[entry('docs')], [server('docs')]])
  })

  test('a tool that is defined in mid-conversation goes, and so does what names one that went', async () => {
    const added = (named: JsonObject) => ({ type: 'tool_addition', tool: named })
    const content = [
      added({ type: 'tool_definition', definition: tool('late') }),
      added({ type: 'tool_definition', definition: tool('calc') }),
      added({ type: 'tool_reference', name: 'shell' }),
      added({ type: 'tool_reference', name: 'safe' }),
    ]
    const messages = [
      { role: 'user', content: 'x' },
      { role: 'system', content },
    ]
    const body = await sent({ messages, tools: [tool('shell'), tool('safe')] })
    expect(body['messages']).toEqual([messages[0], { role: 'system', content: [content[1], content[3]] }] as Json)
  })

  test('what tools of the provider can do is known by their type, whoever runs them', async () => {
    const kept = { type: 'memory_20250818', name: 'memory' }
    const tools = [
      { type: 'bash_20250124', name: 'bash' },
      { type: 'code_execution_20250825', name: 'code_execution' },
      { type: 'computer_20250124', name: 'computer', display_width_px: 1, display_height_px: 1 },
      { type: 'browser_toolset_20260801' },
      kept,
    ]
    shells.upstream.respond(json(answer({ type: 'text', text: 'ok' })))
    await shells.send('/v1/messages', { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'x' }], tools })
    expect(JSON.parse(shells.upstream.requests.at(-1)?.text() ?? '').tools).toEqual([kept])
  })

  test('the same name twice is 400', async () => {
    const response = await gateway.send('/v1/messages', {
      model: 'm',
      messages: [],
      tools: [tool('calc'), { type: 'bash_20250124', name: 'calc' }],
    })
    expect(response.status).toBe(400)
  })
})

describe('calls are judged by the definitions that were forwarded', () => {
  const call = async (tools: readonly JsonObject[], block: JsonObject) => {
    gateway.upstream.respond(json(answer(block)))
    const response = await gateway.send('/v1/messages', {
      model: 'm',
      messages: [{ role: 'user', content: 'x' }],
      tools: [...tools],
      mcp_servers: [server('docs')],
    })
    return (response.json() as { stop_reason: string }).stop_reason
  }
  const use = (name: string, more: JsonObject = {}) => ({ type: 'tool_use', id: 'toolu_1', name, input: {}, ...more })

  test('a call to one that went, or never was, is denied', async () => {
    expect(await call([tool('calc')], use('calc'))).toBe('end_turn')
    expect(await call([tool('calc'), tool('shell')], use('shell'))).toBe('refusal')
    expect(await call([tool('calc')], use('other'))).toBe('refusal')
  })

  test('a tool of an MCP server, a part of a hosted tool and of a tool set go by what was defined', async () => {
    const docs = { type: 'mcp_toolset', mcp_server_name: 'docs' }
    const code = { type: 'code_execution_20250825', name: 'code_execution' }
    const browser = { type: 'browser_toolset_20260801' }
    expect(await call([docs], use('find', { type: 'mcp_tool_use', server_name: 'docs' }))).toBe('end_turn')
    expect(await call([docs], use('find', { type: 'mcp_tool_use', server_name: 'other' }))).toBe('refusal')
    expect(await call([code], use('bash_code_execution', { type: 'server_tool_use' }))).toBe('end_turn')
    expect(await call([docs], use('bash_code_execution', { type: 'server_tool_use' }))).toBe('refusal')
    expect(await call([browser], use('navigate', { toolset_name: 'browser' }))).toBe('end_turn')
  })
})
