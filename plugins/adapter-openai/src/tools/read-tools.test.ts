import { expect, test } from 'bun:test'
import type { JsonObject, JsonPointer, Place } from '@sluice/core'
import { CHAT } from '../../test/requests.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import { readTools } from './read-tools.ts'

function read(root: JsonObject): ViewBuilder {
  const view = new ViewBuilder()
  readTools(view, root)
  return view
}

test('definitions of functions, custom and hosted tools', () => {
  const [tools, functions, search] = read(CHAT).toolSets
  expect(tools?.tools.map(({ type, name, place }) => [type, name, place.pointer])).toEqual([
    ['function', 'get_weather', '/tools/0'],
    ['custom', 'sql', '/tools/1'],
    ['hosted', 'image_generation', '/tools/2'],
  ])
  expect(tools?.tools[0]?.description).toBe('The weather of a city')
  expect(tools?.tools[0]?.inputSchema).toMatchObject({ type: 'object' })
  expect(functions?.tools.map(({ type, name, place }) => [type, name, place.pointer])).toEqual([
    ['function', 'old', '/functions/0'],
  ])
  // The search that the provider runs is a tool like others, though it has a member of its own.
  expect(search?.tools.map(({ type, name }) => [type, name])).toEqual([['hosted', 'web_search']])
  expect(search?.place).toEqual({ pointer: '/web_search_options' })
})

test('what hangs on a list is named only where it stands', () => {
  const [tools, functions] = read(CHAT).toolSets
  expect(tools?.dependents).toEqual([{ pointer: '/tool_choice' }, { pointer: '/parallel_tool_calls' }])
  expect(functions?.dependents).toEqual([{ pointer: '/function_call' }])
  expect(read({ tools: [] }).toolSets).toEqual([
    { place: { pointer: '/tools' }, tools: [], dependents: [], choices: [] },
  ])
})

test('every form of choice', () => {
  const choices = (tool_choice: JsonObject | string) => read({ tools: [], tool_choice }).toolSets[0]?.choices
  const container: Place = { pointer: '/tool_choice' }
  const one = (value: string, pointer: JsonPointer) => [{ container, names: [{ value, place: { pointer } }] }]
  expect(choices('required')).toEqual([])
  expect(choices({ type: 'function', function: { name: 'a' } })).toEqual(
    one('a', '/tool_choice/function/name') as never,
  )
  expect(choices({ type: 'custom', custom: { name: 'a' } })).toEqual(one('a', '/tool_choice/custom/name'))
  expect(choices({ type: 'web_search' })).toEqual(one('web_search', '/tool_choice/type'))
  const [tools, functions] = read(CHAT).toolSets
  expect(tools?.choices).toEqual([
    {
      container,
      names: [
        { value: 'get_weather', place: { pointer: '/tool_choice/allowed_tools/tools/0' } },
        { value: 'image_generation', place: { pointer: '/tool_choice/allowed_tools/tools/1' } },
      ],
    },
  ])
  expect(functions?.choices).toEqual([
    {
      container: { pointer: '/function_call' },
      names: [{ value: 'old', place: { pointer: '/function_call/name' } }],
    },
  ])
})

test('a hosted tool stays hosted, whatever it carries besides', () => {
  const [set] = read({
    tools: [{ type: 'mcp', server_url: 'https://example.com', function: { name: 'get_weather' } }],
  }).toolSets
  expect(set?.tools[0]).toMatchObject({ type: 'hosted', name: 'mcp' })
})

test('whose server a hosted tool reaches out to, and what is fetched for it', () => {
  const url = 'https://mcp.example.com/sse'
  const view = read({
    tools: [
      { type: 'mcp', server_url: url },
      { type: 'mcp', connector_id: 'connector_gmail' },
      { type: 'mcp', server_label: 'a' },
      { type: 'image_generation', input_image_mask: { image_url: 'https://example.com/mask.png' } },
      { type: 'image_generation', input_image_mask: { image_url: 'data:image/png;base64,iVBORw0KGgo=' } },
      { type: 'function', function: { name: 'a' }, server_url: url },
    ],
  })
  expect(view.toolSets[0]?.tools.map(({ server }) => server)).toEqual([
    { url },
    { connector: 'connector_gmail' },
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(view.fetched.map(({ value, place }) => [value, place.pointer])).toEqual([
    [url, '/tools/0/server_url'],
    ['https://example.com/mask.png', '/tools/3/input_image_mask/image_url'],
  ])
})

test('every string of a definition is named, under the name of its tool', () => {
  const texts = read(CHAT).texts
  expect(texts.filter(({ tool }) => tool?.name === 'get_weather').map(({ text }) => text)).toEqual([
    'get_weather',
    'The weather of a city',
    'object',
    'string',
    'Oslo',
    'Rome',
  ])
  expect(new Set(texts.map(({ kind, trust }) => `${kind} ${trust}`))).toEqual(new Set(['tool-definition operator']))
})
