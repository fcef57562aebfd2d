import { describe, expect, test } from 'bun:test'
import { served } from './served.ts'

const gateway = served({
  apps: { app: {}, strict: { policies: ['cards'] } },
  config: {
    plugins: [
      { use: '@sluice/detector-pii' },
      { use: '@sluice/tool-filter-rules', options: { deny: ['secret_*', 'mcp'] } },
    ],
    policies: [
      { id: 'cards', match: { types: ['FINANCIAL_*'], lifecycle: ['EGRESS'], tools: ['look'] }, action: 'BLOCK' },
    ],
  },
})

const tool = (name: string) => `{"type":"function","name":"${name}","parameters":{"type":"object"}}`
const denied = { type: 'error', error: { code: 'content_blocked' } }

/** What the provider says when its model calls a function. */
const calling = (name: string, id: string, args = '{"city":"Rome"}') => {
  const item = { id: `item_${id}`, type: 'function_call', name, call_id: id }
  const of = { response_id: 'r', item_id: `item_${id}`, call_id: id }
  return {
    pieces: [
      { type: 'response.output_item.added', response_id: 'r', item: { ...item, arguments: '' } },
      { type: 'response.function_call_arguments.delta', ...of, delta: args.slice(0, 5) },
      { type: 'response.function_call_arguments.delta', ...of, delta: args.slice(5) },
    ],
    wholes: [
      { type: 'response.function_call_arguments.done', ...of, name, arguments: args },
      { type: 'response.output_item.done', response_id: 'r', item: { ...item, arguments: args } },
      { type: 'conversation.item.done', item: { ...item, arguments: args } },
    ],
    done: {
      type: 'response.done',
      response: {
        id: 'r',
        status: 'completed',
        status_details: null,
        output: [{ ...item, arguments: args }],
      },
    },
  }
}

async function declare(open: Awaited<ReturnType<typeof gateway.open>>, ...names: readonly string[]): Promise<void> {
  open.client.send(`{"type":"session.update","session":{"tools":[${names.map(tool).join(',')}]}}`)
  await open.session.next()
}

describe('definitions', () => {
  test('a denied tool leaves the event, and nothing else of it changes', async () => {
    for (const [holder, type] of [
      ['session', 'session.update'],
      ['response', 'response.create'],
    ]) {
      const { client, session, end } = await gateway.open()
      const event = (tools: string) => `{ "type":"${type}", "${holder}":{"tools": [${tools}],"tool_choice":"auto"} }`
      client.send(event(`${tool('look')}, ${tool('secret_vault')}`))
      expect(await session.next()).toBe(event(tool('look')))
      expect((await end()).toolsRemoved).toEqual([
        { name: 'secret_vault', code: expect.any(String), filter: '@sluice/tool-filter-rules' },
      ])
    }
  })

  test('a choice that names it goes, and with the last tool all that hangs on tools', async () => {
    const { client, session } = await gateway.open()
    client.send(
      `{"type":"session.update","session":{"tools":[${tool('a')},${tool('secret_b')}],"tool_choice":{"type":"function","name":"secret_b"},"speed":1}}`,
    )
    expect(await session.next()).toBe(`{"type":"session.update","session":{"tools":[${tool('a')}],"speed":1}}`)
    client.send(
      `{"type":"session.update","session":{"tools":[${tool('secret_b')},{"type":"mcp","server_label":"s","server_url":"https://m.example"}],"tool_choice":"required","speed":1}}`,
    )
    expect(await session.next()).toBe('{"type":"session.update","session":{"speed":1}}')
  })

  test('two tools of one name', async () => {
    const { client } = await gateway.open()
    client.send(`{"type":"session.update","session":{"tools":[${tool('a')},${tool('a')}]}}`)
    expect(await client.event()).toMatchObject({ error: { code: 'tool_duplicate' } })
  })
})

describe('calls', () => {
  test('of a tool that was declared: every event to the letter', async () => {
    const open = await gateway.open()
    await declare(open, 'look')
    const { pieces, wholes, done } = calling('look', 'c1')
    for (const event of [...pieces, ...wholes, done]) open.session.send(event)
    for (const event of [...pieces, ...wholes, done]) expect(await open.client.event()).toEqual({ ...event } as never)
    const record = await open.end()
    expect(record.toolCalls).toEqual([{ name: 'look', callId: 'c1', choice: 0 }])
    expect(record.detections).toEqual([])
    // Arguments are read once, whole.
    expect(record.segments.inspected).toContainEqual({
      direction: 'egress',
      kind: 'tool-arguments',
      segments: 1,
      chars: '{"city":"Rome"}'.length,
    })
  })

  for (const [name, type] of [
    ['secret_vault', 'TOOL_CALL_UNDECLARED'],
    ['undeclared', 'TOOL_CALL_UNDECLARED'],
  ] as const) {
    test(`of ${name}: none of the events that make it one are given`, async () => {
      const open = await gateway.open()
      await declare(open, 'look', 'secret_vault')
      const { pieces, wholes, done } = calling(name, 'c1')
      for (const event of [...pieces, ...wholes, done]) open.session.send(event)
      for (const event of pieces) expect(await open.client.event()).toEqual({ ...event } as never)
      for (const _ of wholes) expect(await open.client.event()).toMatchObject(denied)
      expect(await open.client.event()).toMatchObject(denied)
      expect(await open.client.event()).toEqual({
        type: 'response.done',
        response: {
          id: 'r',
          status: 'incomplete',
          status_details: { type: 'incomplete', reason: 'content_filter' },
          output: [],
        },
      })
      open.client.send({ type: 'input_audio_buffer.commit' })
      expect(JSON.parse(await open.session.next())).toEqual({ type: 'input_audio_buffer.commit' })
      const record = await open.end()
      expect(record.detections).toMatchObject([{ type, tool: name }])
      expect(record).toMatchObject({ outcome: 'forwarded', effectiveAction: 'BLOCK' })
    })
  }

  test('that a client brings along as what was, and the server repeats, are nobody’s calls now', async () => {
    const open = await gateway.open()
    const item = { type: 'function_call', call_id: 'old', name: 'past', arguments: '{"a":1}' }
    open.client.send({ type: 'conversation.item.create', item })
    await open.session.next()
    const echo = { type: 'conversation.item.added', item: { id: 'i', ...item } }
    open.session.send(echo)
    expect(await open.client.event()).toEqual(echo)
    expect((await open.end()).detections).toEqual([])
  })
})

test('words that the user has said are judged anew where a call makes arguments of them', async () => {
  const open = await gateway.open({ app: 'strict' })
  await declare(open, 'look')
  const args = '{"card":"4111-1111-1111-1111"}'
  open.client.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: args }] },
  })
  await open.session.next()
  const { wholes } = calling('look', 'c1', args)
  open.session.send(wholes[0])
  expect(await open.client.event()).toMatchObject(denied)
  expect((await open.end()).detections).toMatchObject([{ lifecycle: 'INGRESS' }, { lifecycle: 'EGRESS', tool: 'look' }])
})
