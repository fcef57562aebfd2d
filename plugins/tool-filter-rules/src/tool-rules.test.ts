import { describe, expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import type { Json } from '@sluice/core'
import { type SampleTool, testToolFilter } from '@sluice/testing'
import definition, { type ToolFilterRulesOptions } from './index.ts'
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
const byName = { deny: 'TOOL_DENIED_BY_NAME' }
const notAllowed = { deny: 'TOOL_NOT_ALLOWED' }
const byCapability = { deny: 'TOOL_CAPABILITY_DENIED' }

function both(name: string, verdict: 'allow' | 'abstain' | { readonly deny: string }) {
  return { define: { tool: { name }, verdict }, call: { call: { name }, verdict } }
}
function suite(...cases: ReturnType<typeof both>[]) {
  return { define: cases.map((one) => one.define), call: cases.map((one) => one.call) }
}

testToolFilter(
  'deny',
  create({ deny: ['exec*', '__proto__', 'mcp__*'] }),
  suite(
    both('exec', byName),
    both('Execute', byName),
    both('__proto__', byName),
    both('mcp__files__read', byName),
    both('constructor', 'abstain'),
    both('get_weather', 'abstain'),
    both('x'.repeat(600), byName),
  ),
  runner,
)

testToolFilter(
  'allow',
  create({ allow: ['get_*', 'files/read'] }),
  suite(
    both('get_weather', 'allow'),
    both('files/read', 'allow'),
    both('Get_weather', notAllowed),
    both('send_email', notAllowed),
    both('__proto__', notAllowed),
    both('constructor', notAllowed),
    both('', notAllowed),
  ),
  runner,
)

testToolFilter(
  'deny beats allow',
  create({ allow: ['*'], deny: ['send_*'], denyCapabilities: ['PAYMENT'] }),
  suite(both('send_email', byName), both('transfer_funds', byCapability), both('get_time', 'allow')),
  runner,
)

const byCommand = { deny: 'TOOL_COMMAND_DENIED' }
const asked = (input: Json, verdict: 'abstain' | typeof byCommand) => ({
  call: { name: 'x', input },
  verdict,
})
testToolFilter(
  'denyCommands',
  create({ denyCommands: ['shell.destructive', 'sql.*', 'network.metadata', 'path.sensitive'] }),
  {
    call: [
      asked({ query: 'DROP TABLE users' }, byCommand),
      asked({ query: 'DELETE FROM users WHERE 1=1' }, byCommand),
      asked({ query: 'DELETE FROM users WHERE id = 5' }, 'abstain'),
      asked({ a: [{ url: 'http://2852039166/latest' }] }, byCommand),
      asked({ url: 'https://example.com/latest' }, 'abstain'),
      asked({ command: 'rm -rf /' }, byCommand),
      asked({ argv: ['rm', '-rf', '/'] }, byCommand),
      asked({ path: '..%2f..%2fetc%2fshadow' }, byCommand),
      asked({ user: { $ne: null } }, byCommand),
      asked({ query: 'ＤＲＯＰ ＴＡＢＬＥ users' }, byCommand),
      asked({ text: 'x'.repeat(70_000) }, byCommand),
      asked({ text: 'drop the table reservation' }, 'abstain'),
    ],
  },
  runner,
)

test('arguments that are not JSON are judged as they stand', async () => {
  const filter = create({ denyCommands: ['sql.*'] })()
  const written = { ...call, input: undefined, inputText: 'DROP TABLE users;' }
  expect((await filter.call?.(written, ctx('ex_1')))?.type).toBe('deny')
})

test('the reason names what the call would do and nothing of its arguments', async () => {
  const filter = create({ denyCommands: ['sql.*'] })()
  const input = { q: 'DROP TABLE secret_plans' }
  const verdict = await filter.call?.({ ...call, input, inputText: JSON.stringify(input) }, ctx('ex_1'))
  expect(verdict).toEqual({
    type: 'deny',
    code: 'TOOL_COMMAND_DENIED',
    reason: 'The arguments hold something recognised as sql.destructive.',
  })
})

const readOnlySql: SampleTool = { name: 'execute_sql', description: 'Runs a read-only SELECT.' }
testToolFilter(
  'denyCapabilities',
  create({ denyCapabilities: ['SHELL_EXECUTION', 'DATABASE_WRITE'] }),
  {
    define: [
      { tool: { name: 'run_command' }, verdict: byCapability },
      { tool: { name: 'x', description: 'Runs a shell command.' }, verdict: byCapability },
      { tool: { name: 'python', type: 'custom' }, verdict: byCapability },
      { tool: { name: 'local_shell', type: 'hosted' }, verdict: byCapability },
      { tool: { name: 'mcp', type: 'hosted' }, verdict: byCapability },
      { tool: { name: 'x', description: 'y'.repeat(100_000) }, verdict: byCapability },
      { tool: readOnlySql, verdict: 'abstain' },
      { tool: { name: 'send_email' }, verdict: 'abstain' },
      { tool: { name: 'web_search', type: 'hosted' }, verdict: 'abstain' },
    ],
    call: [
      { call: { name: 'run_command' }, verdict: byCapability },
      { call: { name: 'code_interpreter' }, verdict: byCapability },
      // By its name alone it could write.
      { call: { name: 'execute_sql' }, verdict: byCapability },
      { call: { name: 'send_email' }, verdict: 'abstain' },
    ],
  },
  runner,
)

const ctx = (exchange: string) => ({
  exchange,
  app: 'ac_sample000000',
  operation: 'chat.completions.create',
  signal: new AbortController().signal,
})
const call = { callId: 'c', name: 'execute_sql', choice: 0, input: {}, inputText: '{}' }
const tool = { ...readOnlySql, type: 'function' as const, place: { pointer: '/tools/0' as const } }

test('a call is judged by the definition that its exchange had', async () => {
  const filter = create({ denyCapabilities: ['DATABASE_WRITE'] })()
  expect((await filter.define?.(tool, ctx('ex_1')))?.type).toBe('abstain')
  expect((await filter.call?.(call, ctx('ex_1')))?.type).toBe('abstain')
  expect((await filter.call?.(call, ctx('ex_2')))?.type).toBe('deny')
})

test('the reason names the capability and nothing of the definition', async () => {
  const filter = create({ denyCapabilities: ['MESSAGING'] })()
  const verdict = await filter.define?.({ ...tool, name: 'sms', description: 'Secret gateway.' }, ctx('ex_1'))
  expect(verdict).toEqual({
    type: 'deny',
    code: 'TOOL_CAPABILITY_DENIED',
    reason: 'The tool is recognised as MESSAGING.',
  })
})

test('options: all may be left out, none may be mistyped', () => {
  expect(Value.Default(definition.options, {})).toEqual(none)
  for (const wrong of [{ denied: [] }, { deny: [''] }, { allow: 'x' }, { denyCapabilities: ['SHELL'] }]) {
    expect(Value.Check(definition.options, { ...none, ...wrong })).toBe(false)
  }
})
