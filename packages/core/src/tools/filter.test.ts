import { describe, expect, test } from 'bun:test'
import { context, emptyView, filter, tool } from '../../test/fakes.ts'
import { spliceJson } from '../json/splice.ts'
import type { Json } from '../protocol/json.ts'
import type { ToolDefinition, ToolSet } from '../protocol/view.ts'
import { filterTools, repeatedTool } from './filter.ts'

const denying = (...names: readonly string[]) =>
  filter({
    define: ({ name }) => (names.includes(name) ? { type: 'deny', code: 'DENIED', reason: 'no' } : { type: 'abstain' }),
  })

/** A request as the adapter would have read it: a tool's place, what names it, and what hangs on the list. */
function setOf(body: Record<string, Json>, choices: ToolSet['choices'] = []): ToolSet {
  const tools = (body['tools'] as string[]).map((name, index) => tool(name, index))
  const dependents = (['tool_choice', 'parallel_tool_calls'] as const)
    .filter((name) => Object.hasOwn(body, name))
    .map((name) => ({ pointer: `/${name}` as const }))
  return { place: { pointer: '/tools' }, tools, dependents, choices }
}

async function filtered(body: Record<string, Json>, denied: readonly string[], choices?: ToolSet['choices']) {
  const view = { ...emptyView, toolSets: [setOf(body, choices)] }
  const result = await filterTools(view, [denying(...denied)], context)
  return { ...result, body: JSON.parse(spliceJson(JSON.stringify(body), result.edits) ?? 'null') }
}

const container = { pointer: '/tool_choice' } as const
const named = (value: string, pointer: `/${string}`) => ({ value, place: { pointer } })
const one = { container, names: [named('b', '/tool_choice/function/name')] }
const body = { model: 'm', tools: ['a', 'b', 'c'], parallel_tool_calls: true }

describe('filterTools', () => {
  test('nothing denied: nothing edited', async () => {
    const result = await filtered({ ...body, tool_choice: 'auto' }, [])
    expect(result).toMatchObject({ edits: [], removed: [], refused: false, faults: [] })
    expect([...result.forwarded]).toEqual(['a', 'b', 'c'])
  })

  for (const choice of ['auto', 'none', 'required']) {
    test(`tool_choice ${choice}: one denied leaves it, all denied take it along`, async () => {
      const with_ = { ...body, tool_choice: choice }
      expect((await filtered(with_, ['b'])).body).toEqual({ ...with_, tools: ['a', 'c'] })
      expect((await filtered(with_, ['a', 'b', 'c'])).body).toEqual({ model: 'm' })
    })
  }

  test('a tool_choice that names a removed tool goes, one that names another stays', async () => {
    const with_ = { ...body, tool_choice: { type: 'function', function: { name: 'b' } } }
    expect((await filtered(with_, ['b'], [one])).body).toEqual({ ...body, tools: ['a', 'c'] })
    expect((await filtered(with_, ['a'], [one])).body).toEqual({ ...with_, tools: ['b', 'c'] })
  })

  test('allowed_tools loses the names that were removed, and goes with its last', async () => {
    const with_ = { ...body, tool_choice: { mode: 'auto', tools: ['a', 'b'] } }
    const names = [named('a', '/tool_choice/tools/0'), named('b', '/tool_choice/tools/1')]
    const choices = [{ container, names }]
    expect((await filtered(with_, ['b'], choices)).body).toEqual({
      ...with_,
      tools: ['a', 'c'],
      tool_choice: { mode: 'auto', tools: ['a'] },
    })
    expect((await filtered(with_, ['a', 'b'], choices)).body).toEqual({ ...body, tools: ['c'] })
  })

  test('says which tools went, why and by whom, and what the model will know', async () => {
    const result = await filtered(body, ['a', 'c'])
    expect(result.removed.map(({ tool, code, filter }) => [tool.name, code, filter])).toEqual([
      ['a', 'DENIED', 'rules'],
      ['c', 'DENIED', 'rules'],
    ])
    expect([...result.forwarded]).toEqual(['b'])
  })

  test('names like __proto__ are names: denied by name, never allowed by inheritance', async () => {
    const names = ['__proto__', 'constructor', 'toString']
    const result = await filtered({ tools: names }, ['__proto__'])
    expect(result.body).toEqual({ tools: ['constructor', 'toString'] })
    expect(result.forwarded.has('__proto__')).toBe(false)
    expect(result.forwarded.has('valueOf')).toBe(false)
  })

  test('hosted tools and legacy lists are judged like all', async () => {
    const functions: ToolSet = {
      place: { pointer: '/functions' },
      tools: [{ type: 'function', name: 'b', place: { pointer: '/functions/0' } }],
      dependents: [{ pointer: '/function_call' }],
      choices: [],
    }
    const hosted: ToolSet = { ...setOf({ tools: ['x'] }), tools: [tool('web_search', 0, 'hosted'), tool('a', 1)] }
    const view = { ...emptyView, toolSets: [hosted, functions] }
    const { edits, forwarded } = await filterTools(view, [denying('web_search', 'b')], context)
    expect(edits.map(({ place }) => place.pointer)).toEqual(['/tools/0', '/functions', '/function_call'])
    expect([...forwarded]).toEqual(['a'])
  })

  test('a filter that fails ends it: nothing is asked that cannot change the answer', async () => {
    let asked = 0
    const failing = filter({
      define() {
        asked++
        throw new Error('needle')
      },
    })
    const tools = Array.from({ length: 1000 }, (_, index) => tool(`t${index}`, index))
    const view = { ...emptyView, toolSets: [{ ...setOf({ tools: [] }), tools }] }
    const result = await filterTools(view, [failing], context)
    expect(result).toMatchObject({ refused: true, edits: [] })
    expect(result.faults).toHaveLength(1)
    expect(asked).toBe(1)
  })
})

describe('repeatedTool', () => {
  const repeated = (...sets: readonly (readonly ToolDefinition[])[]) =>
    repeatedTool({ ...emptyView, toolSets: sets.map((tools) => ({ ...setOf({ tools: [] }), tools })) })

  test('one name twice, in one list or in two, whatever the type', () => {
    expect(repeated([tool('a', 0), tool('b', 1)])).toBeUndefined()
    expect(repeated([tool('a', 0), tool('a', 1, 'custom')])).toBe('a')
    expect(repeated([tool('a', 0)], [tool('a', 0)])).toBe('a')
    expect(repeated([tool('__proto__', 0), tool('constructor', 1)])).toBeUndefined()
  })

  test('hosted tools may stand twice: their name is their type', () => {
    expect(repeated([tool('mcp', 0, 'hosted'), tool('mcp', 1, 'hosted')])).toBeUndefined()
  })
})

describe('tools that are not told by their name', () => {
  const hosted = (name: string, calledAs: string, index: number): ToolDefinition => ({
    type: 'hosted',
    name,
    calledAs,
    place: { pointer: `/tools/${index}` },
  })
  const inner = (name: string, index: number): ToolDefinition => ({
    ...tool(name, 0),
    calledAs: `crm/${name}`,
    place: { pointer: `/tools/0/tools/${index}` },
    within: { pointer: '/tools/0' },
  })
  const setOfAll = (tools: readonly ToolDefinition[], more: Partial<ToolSet> = {}): ToolSet => {
    return { place: { pointer: '/tools' }, tools, dependents: [], choices: [], ...more }
  }
  const pointers = async (set: ToolSet, ...denied: string[]) => {
    const { edits } = await filterTools({ ...emptyView, toolSets: [set] }, [denying(...denied)], context)
    return edits.map(({ place }) => place.pointer)
  }

  test('are forwarded, and chosen, by what calls of them are told by', async () => {
    const tools = [hosted('web_search_preview', 'web_search', 0), hosted('mcp', 'mcp:a', 1), tool('f', 2)]
    const choices = [
      { container, names: [named('web_search', '/tool_choice/tools/0'), named('f', '/tool_choice/tools/1')] },
    ]
    const view = { ...emptyView, toolSets: [setOfAll(tools, { choices })] }
    const result = await filterTools(view, [denying('web_search_preview')], context)
    expect([...result.forwarded]).toEqual(['mcp:a', 'f'])
    expect(result.edits.map(({ place }) => place.pointer)).toEqual(['/tools/0', '/tool_choice/tools/0'])
  })

  test('what holds a definition goes with the last that it holds', async () => {
    const set = setOfAll([inner('a', 0), inner('b', 1), tool('c', 1)])
    expect(await pointers(set, 'a')).toEqual(['/tools/0/tools/0'])
    expect(new Set(await pointers(set, 'a', 'b'))).toEqual(new Set(['/tools/0']))
    expect(await pointers(set, 'a', 'b', 'c')).toEqual(['/tools'])
  })

  test('definitions among the messages may repeat others, and their list stays', async () => {
    const set = setOfAll([tool('a', 0), tool('b', 1)], { inConversation: true })
    expect(await pointers(set, 'a', 'b')).toEqual(['/tools/0', '/tools/1'])
    expect(repeatedTool({ ...emptyView, toolSets: [setOfAll([tool('a', 0)]), set] })).toBeUndefined()
    expect(repeatedTool({ ...emptyView, toolSets: [setOfAll([inner('a', 0), tool('a', 1)])] })).toBeUndefined()
    expect(repeatedTool({ ...emptyView, toolSets: [setOfAll([inner('a', 0), inner('a', 1)])] })).toBe('crm/a')
  })
})
