import { expect, test } from 'bun:test'
import type { Json, JsonObject, ToolSet } from '@sluice/core'
import { RESPONSE } from '../../test/requests.ts'
import { readResponseRequest } from './read-request.ts'

function toolSetsOf(value: JsonObject): readonly ToolSet[] {
  return readResponseRequest({ type: 'json', text: '', value }).toolSets
}

function choicesFor(tool_choice: Json): unknown {
  const [set] = toolSetsOf({ tools: [], tool_choice })
  return set?.choices.map(({ container, names }) => [
    container.pointer,
    ...names.map(({ value, place }) => `${value} ${place.pointer}`),
  ])
}

test('functions and custom tools go by their name, hosted tools by their type, whatever they call themselves', () => {
  const tools = [
    { type: 'function', name: 'f', description: 'd', parameters: { type: 'object' } },
    { type: 'custom', name: 'c' },
    { type: 'web_search_preview_2025_03_11' },
    { type: 'shell', name: 'harmless' },
    { type: 'computer_use_preview' },
    { type: 'a tool of tomorrow' },
  ]
  const [set] = toolSetsOf({ tools })
  expect(set?.tools.map(({ type, name, calledAs }) => [type, name, calledAs])).toEqual([
    ['function', 'f', undefined],
    ['custom', 'c', undefined],
    ['hosted', 'web_search_preview_2025_03_11', 'web_search'],
    ['hosted', 'shell', 'shell'],
    ['hosted', 'computer_use_preview', 'computer'],
    ['hosted', 'a tool of tomorrow', 'a tool of tomorrow'],
  ])
  expect(set?.tools[0]).toMatchObject({
    description: 'd',
    inputSchema: { type: 'object' },
    place: { pointer: '/tools/0' },
  })
})

test('an MCP tool says whose server runs it, and its calls are told by that server', () => {
  const tools = [
    { type: 'mcp', server_label: 'wiki', server_url: 'https://wiki.example.com/mcp', server_description: 'Pages' },
    { type: 'mcp', server_label: 'mail', connector_id: 'connector_gmail' },
    { type: 'mcp', server_label: 'inside', tunnel_id: 'tun_1' },
  ]
  const [set] = toolSetsOf({ tools })
  expect(set?.tools.map(({ name, calledAs, server }) => [name, calledAs, server])).toEqual([
    ['mcp', 'mcp:wiki', { url: 'https://wiki.example.com/mcp' }],
    ['mcp', 'mcp:mail', { connector: 'connector_gmail' }],
    ['mcp', 'mcp:inside', { connector: 'tun_1' }],
  ])
  expect(set?.tools[0]?.description).toBe('Pages')
})

test('the tools of a namespace are judged one by one', () => {
  const tools = [{ type: 'namespace', name: 'crm', tools: [{ type: 'function', name: 'find' }] }]
  expect(toolSetsOf({ tools })[0]?.tools).toEqual([
    {
      type: 'function',
      name: 'find',
      calledAs: 'crm/find',
      place: { pointer: '/tools/0/tools/0' },
      within: { pointer: '/tools/0' },
    },
  ])
})

test('tools that stand among the items are judged too', () => {
  const sets = toolSetsOf(RESPONSE).map(({ place, inConversation, tools }) => {
    return [place.pointer.replace(/\d+/, '*'), inConversation, tools.map(({ name }) => name)]
  })
  expect(sets.filter(([, inConversation]) => inConversation)).toEqual([
    ['/input/*/tools', true, ['found']],
    ['/input/*/tools', true, ['added']],
  ])
})

test.each<[Json, unknown]>([
  ['auto', []],
  [{ type: 'function', name: 'f' }, [['/tool_choice', 'f /tool_choice']]],
  [{ type: 'mcp', server_label: 'wiki', name: 'ask' }, [['/tool_choice', 'mcp:wiki /tool_choice']]],
  [{ type: 'web_search_preview' }, [['/tool_choice', 'web_search /tool_choice']]],
  [{ type: 'apply_patch' }, [['/tool_choice', 'apply_patch /tool_choice']]],
  [
    {
      type: 'allowed_tools',
      mode: 'auto',
      tools: [
        { type: 'custom', name: 'c' },
        { type: 'mcp', server_label: 'w' },
      ],
    },
    [['/tool_choice', 'c /tool_choice/tools/0', 'mcp:w /tool_choice/tools/1']],
  ],
])('a choice names what its tools are called by: %j', (choice, expected) => {
  expect(choicesFor(choice)).toEqual(expected)
})

test('what makes no sense without a tool', () => {
  const [set] = toolSetsOf({ tools: [], tool_choice: 'auto', parallel_tool_calls: true })
  expect(set?.dependents.map(({ pointer }) => pointer)).toEqual(['/tool_choice', '/parallel_tool_calls'])
})
