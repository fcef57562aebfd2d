import { describe, expect, test } from 'bun:test'
import { context, emptyView, filter } from '../../test/fakes.ts'
import { decide } from '../policy/decide.ts'
import { compilePolicy } from '../policy/match.ts'
import type { BodyView, NamedText, ToolCall } from '../protocol/view.ts'
import { judgeCalls, judgeResults } from './calls.ts'
import { denialDetections, withDenials } from './denials.ts'

function call(name: string, inputText = '{}', rest: Partial<ToolCall> = {}): ToolCall {
  return { callId: '', name, choice: 0, input: null, inputText, ...rest }
}

function textOf(
  { callId, choice, inputText, name }: ToolCall,
  index: number,
  rest: Partial<NamedText> = {},
): NamedText {
  const sources = [{ place: { pointer: `/calls/${index}` as const }, start: 0 }]
  const tool = { name, ...(callId === '' ? {} : { callId }) }
  return { kind: 'tool-arguments', trust: 'model', text: inputText, sources, choice, tool, ...rest }
}

function viewOf(calls: readonly ToolCall[], rest: Partial<NamedText> = {}): BodyView {
  return { ...emptyView, toolCalls: calls, texts: calls.map((each, index) => textOf(each, index, rest)) }
}

const denying = filter({
  call: ({ name }) => (name === 'b' ? { type: 'deny', code: 'NO', reason: '' } : { type: 'allow' }),
})
const rewriting = filter({
  call: ({ name }) => (name === 'a' ? { type: 'allow' } : { type: 'rewrite', input: { for: name }, reason: '' }),
})
const known = new Set(['a', 'b', 'c'])

describe('judgeCalls', () => {
  test('a denied call', async () => {
    const judged = await judgeCalls(viewOf([call('a'), call('b')]), known, [denying], context)
    expect(judged).toEqual({
      denials: [{ type: 'TOOL_CALL_DENIED', tool: 'b', code: 'NO', filter: 'rules', acts: true }],
      edits: [],
      faults: [],
      refused: false,
    })
  })

  test('a call to a tool that was not forwarded acts where filters are, and is never looked up by inheritance', async () => {
    for (const name of ['gone', '__proto__', 'constructor']) {
      const [denial] = (await judgeCalls(viewOf([call(name)]), known, [denying], context)).denials
      expect(denial).toMatchObject({ type: 'TOOL_CALL_UNDECLARED', tool: name, filter: 'sluice', acts: true })
      expect((await judgeCalls(viewOf([call(name)]), known, [], context)).denials).toMatchObject([{ acts: false }])
    }
  })

  test('a call made under a definition of another name is known by that', async () => {
    const part = call('echo', '{}', { definition: 'b' })
    expect((await judgeCalls(viewOf([part]), known, [], context)).denials).toEqual([])
    const stray = call('a', '{}', { definition: 'gone' })
    expect((await judgeCalls(viewOf([stray]), known, [], context)).denials).toMatchObject([{ tool: 'a' }])
  })

  test('a rewrite replaces all of the arguments', async () => {
    const { edits, denials } = await judgeCalls(viewOf([call('b', '{"x":1}')]), known, [rewriting], context)
    expect(denials).toEqual([])
    expect(edits).toEqual([
      { type: 'text', place: { pointer: '/calls/0' }, start: 0, end: 7, replacement: '{"for":"b"}' },
    ])
  })

  test('calls that are alike are rewritten each in its own place', async () => {
    const { edits } = await judgeCalls(viewOf([call('a'), call('b'), call('c')]), known, [rewriting], context)
    expect(edits.map((edit) => [edit.place.pointer, 'replacement' in edit && edit.replacement])).toEqual([
      ['/calls/1', '{"for":"b"}'],
      ['/calls/2', '{"for":"c"}'],
    ])
  })

  test('a rewrite of arguments that are a value, not a string, replaces the value', async () => {
    const { edits } = await judgeCalls(viewOf([call('b', '{"x": 1}')], { json: true }), known, [rewriting], context)
    expect(edits).toEqual([{ type: 'replace', place: { pointer: '/calls/0' }, json: '{"for":"b"}' }])
  })

  test('choices and ids tell calls apart', async () => {
    const calls = [call('b', '{}', { choice: 1 }), call('b', '{}', { callId: 'x' })]
    const view = { ...viewOf(calls), texts: viewOf(calls).texts.toReversed() }
    const { edits } = await judgeCalls(view, known, [rewriting], context)
    expect(edits.map(({ place }) => place.pointer)).toEqual(['/calls/0', '/calls/1'])
  })

  test('what cannot be rewritten is denied: streamed, accumulated from several places, not to be found', async () => {
    const framed = viewOf([call('b')], { sources: [{ place: { frame: 2, pointer: '/x' }, start: 0 }] })
    const pieces = viewOf([call('b')], {
      sources: [
        { place: { pointer: '/x' }, start: 0 },
        { place: { pointer: '/y' }, start: 1 },
      ],
    })
    for (const view of [framed, pieces, { ...viewOf([call('b')]), texts: [] }]) {
      const { edits, denials } = await judgeCalls(view, known, [rewriting], context)
      expect(edits).toEqual([])
      expect(denials).toMatchObject([{ type: 'TOOL_CALL_DENIED', code: 'TOOL_CALL_NOT_REWRITABLE', acts: true }])
    }
  })
})

describe('judgeResults', () => {
  test('a denied result', async () => {
    const view = {
      ...emptyView,
      toolResults: [
        { callId: 'x', text: 'fine', place: { pointer: '/0' as const } },
        { callId: 'y', name: 't', text: 'bad', place: { pointer: '/1' as const } },
      ],
    }
    const strict = filter({
      result: ({ text }) => (text === 'bad' ? { type: 'deny', code: 'NO', reason: '' } : { type: 'allow' }),
    })
    const { denials } = await judgeResults(view, [strict], context)
    expect(denials).toEqual([{ type: 'TOOL_RESULT_DENIED', tool: 't', code: 'NO', filter: 'rules', acts: true }])
  })
})

describe('denials', () => {
  const denials = [
    { type: 'TOOL_CALL_UNDECLARED', tool: 'x', code: 'TOOL_NOT_FORWARDED', filter: 'sluice', acts: false },
    { type: 'TOOL_CALL_DENIED', tool: 'b', code: 'NO', filter: 'rules', acts: true },
  ] as const
  const detections = denialDetections(denials, 'EGRESS', 3, (text) => `of ${text}`)
  const subject = { operation: 'chat', path: '/v1/chat', models: [], trust: 0, identity: 'STANDARD' } as const

  test('are detections with ids of their own and the code as rule', () => {
    expect(
      detections.map(({ id, type, tool, detector, data, fingerprint }) => [
        id,
        type,
        tool,
        detector,
        data,
        fingerprint,
      ]),
    ).toEqual([
      ['e3', 'TOOL_CALL_UNDECLARED', 'x', 'sluice', { rule: 'TOOL_NOT_FORWARDED' }, 'of x'],
      ['e4', 'TOOL_CALL_DENIED', 'b', 'rules', { rule: 'NO' }, 'of b'],
    ])
  })

  test('of a filter block without a rule; others are left to the rules', () => {
    const logged = decide(detections, new Map(), [], subject)
    expect(withDenials(logged, denials, detections)).toMatchObject({
      action: 'BLOCK',
      shadow: 'BLOCK',
      policy: 'tool-filter:rules',
      edits: [],
      matches: [{ detection: 'e4', policy: 'tool-filter:rules', action: 'BLOCK', mode: 'enforce' }],
    })
    expect(withDenials(logged, denials.slice(0, 1), detections.slice(0, 1))).toBe(logged)
  })

  test('do not weaken what the rules say', () => {
    const rule = compilePolicy({ id: 'q', match: { types: ['TOOL_*'] }, action: 'QUARANTINE' })
    const decided = withDenials(decide(detections, new Map(), [rule], subject), denials, detections)
    expect(decided).toMatchObject({ action: 'QUARANTINE', policy: 'q' })
    expect(decided.matches).toHaveLength(3)
  })
})

describe('calls that go by another name', () => {
  const forwarded = new Set(['mcp:wiki', 'web_search'])

  test('of an MCP server, its definition: another server was not forwarded', async () => {
    const calls = [call('ask', '{}', { definition: 'mcp:wiki' }), call('ask', '{}', { definition: 'mcp:other' })]
    const { denials } = await judgeCalls(viewOf(calls), forwarded, [], context)
    expect(denials).toMatchObject([{ type: 'TOOL_CALL_UNDECLARED', tool: 'ask' }])
    expect((await judgeCalls(viewOf([call('mcp:wiki')]), new Set(['ask']), [], context)).denials).toHaveLength(1)
  })

  test('of an answer that is asked for later, what it says of its request counts', async () => {
    const place = { pointer: '/tools' } as const
    const tools = [{ type: 'function', name: 'late', place }] as const
    const view = { ...viewOf([call('late'), call('never')]), toolSets: [{ place, tools, dependents: [], choices: [] }] }
    const { denials } = await judgeCalls(view, new Set(), [], context)
    expect(denials.map(({ tool }) => tool)).toEqual(['never'])
  })
})
