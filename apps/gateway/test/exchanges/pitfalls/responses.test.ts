import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { Json } from '@sluice/core'
import { json, sse } from '@sluice/testing'
import { detectors, needle, needleType, policies } from './needle.ts'
import { streamedResponse, wholeResponse } from './response-answers.ts'
import { served, verdict } from './served.ts'

const filter = '@sluice/tool-filter-rules'
const gateway = served({
  apps: {
    open: {},
    in: { policies: ['block-in'], unknownIds: 'forward' },
    // What is read back here was made nowhere: whose it is is another test's matter.
    out: { policies: ['block-out'], unknownIds: 'forward' },
    redact: { policies: ['redact-out'] },
    bare: { policies: ['block-in'], blockedStream: 'bare' },
  },
  config: { plugins: detectors, policies },
})
/** Where a tool filter is configured, its denials act. */
const filtering = served({
  apps: {
    abstaining: {},
    hosted: { plugins: [{ id: filter, options: { deny: ['mcp', 'web_*'] } }] },
    functions: { plugins: [{ id: filter, options: { deny: ['get_*', 'find'] } }] },
    all: { plugins: [{ id: filter, options: { deny: ['*'] } }] },
  },
  config: { plugins: [{ use: filter, options: { allowServers: ['wiki.example.com'] } }] },
})
const path = '/v1/responses'
const blocked = 'Content blocked due to policy violations'

/** The same answer twice, as the adapter's own tests have it. */
function fixture(name: string): { readonly whole: string; readonly chunks: string } {
  const at = (file: string) => new URL(`../../../../../plugins/adapter-openai/fixtures/${file}`, import.meta.url)
  return {
    whole: readFileSync(at(`responses-${name}.json`), 'utf8'),
    chunks: readFileSync(at(`responses-${name}.chunks.txt`), 'utf8'),
  }
}

const asked = (more: object = {}) => ({ model: 'gpt-5.1', input: 'hello', ...more })

describe('3 a stream of the Responses API is a way round', () => {
  const said = `a card ${needle}, told`
  test.each<[string, { readonly [name: string]: Json }]>([
    ['content', { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: said }] }],
    [
      'content, cut between its parts',
      {
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'output_text', text: said.slice(0, 14) },
          { type: 'output_text', text: said.slice(14) },
        ],
      },
    ],
    ['refusal', { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: said }] }],
    ['reasoning', { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: said }] }],
    ['summary', { type: 'reasoning', summary: [{ type: 'summary_text', text: said }] }],
    ['arguments', { type: 'function_call', name: 'f', arguments: JSON.stringify({ said }) }],
    ['custom input', { type: 'custom_tool_call', name: 'f', input: said }],
    ['code', { type: 'code_interpreter_call', code: said, outputs: null }],
    ['a command', { type: 'local_shell_call', action: { type: 'exec', command: ['bash', said] } }],
    ['a result', { type: 'mcp_call', server_label: 'w', name: 'f', arguments: '{}', output: said }],
    ['a field of tomorrow', { type: 'message', role: 'assistant', content: [], note: { text: said } }],
  ])('the same verdict, streamed in pieces and whole: %s', async (_, item) => {
    const output = [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Well.' }] }, item]
    gateway.upstream.respond(json(wholeResponse(output)))
    const whole = await gateway.send(path, asked(), { app: 'open' })
    gateway.upstream.respond(sse(streamedResponse(output)))
    const streamed = await gateway.send(path, asked({ stream: true }), { app: 'open' })
    const [a, b] = await gateway.records([whole, streamed])
    if (a === undefined || b === undefined) throw new Error('no record')
    expect(a.detections.map(({ type }) => type)).toContain(needleType)
    expect(verdict(b)).toEqual(verdict(a))
  })

  test.each(['plain', 'tools', 'refusal', 'hosted', 'logprobs', 'reasoning-text', 'echo', 'done-only', 'incomplete'])(
    'the same record of a clean answer: %s',
    async (name) => {
      const { whole, chunks } = fixture(name)
      gateway.upstream.respond(json(whole))
      const first = await gateway.send(path, asked(), { app: 'open' })
      gateway.upstream.respond(sse(chunks))
      const second = await gateway.send(path, asked({ stream: true }), { app: 'open' })
      const [a, b] = await gateway.records([first, second])
      if (a === undefined || b === undefined) throw new Error('no record')
      const { inspected: _, ...streamed } = verdict(b) as { inspected: unknown }
      expect(verdict(a)).toMatchObject(streamed)
      expect(b.segments.notInspected).toEqual(a.segments.notInspected)
    },
  )
})

describe('5 a blocked or redacted answer', () => {
  const body = (text: string) => fixture('plain').whole.replace('Rain in Oslo', text)

  test('blocked: a response, in the shape of one', async () => {
    gateway.upstream.respond(json(body(needle)))
    for (const [method, target] of [
      ['POST', path],
      ['GET', `${path}/resp_unknown`],
      ['POST', `${path}/resp_unknown/cancel`],
    ] as const) {
      const sent = target === path ? asked() : undefined
      const answer = await gateway.send(target, sent, { app: 'out', method })
      expect([target, answer.status]).toEqual([target, 200])
      expect(answer.json()).toMatchObject({
        object: 'response',
        incomplete_details: { reason: 'content_filter' },
        output: [{ content: [{ type: 'output_text', text: blocked }] }],
      })
    }
  })

  test('blocked before it is asked, as a stream: the frame begins as documented', async () => {
    const stream = { input: `a ${needle}`, stream: true }
    const chunk = (await gateway.send(path, asked(stream), { app: 'in' })).text()
    expect(chunk).toStartWith(`data: {"blocked":true,"message":"${blocked}","type":"response.created",`)
    expect(chunk).toContain('event: response.completed\n\n')
    const bare = (await gateway.send(path, asked(stream), { app: 'bare' })).text()
    expect(bare).toBe(`data: {"blocked":true,"message":"${blocked}"}\n\n`)
    const retrieved = await gateway.send(`${path}/${needle}?stream=true`, undefined, { app: 'in', method: 'GET' })
    expect(retrieved.text()).toStartWith('data: {"blocked":true,')
  })

  test('redacted: the span and nothing else', async () => {
    gateway.upstream.respond(json(body(needle)))
    const answer = await gateway.send(path, asked(), { app: 'redact' })
    expect(answer.text()).toBe(body('[REDACTED]'))
  })

  test('endpoints without such a shape: 451', async () => {
    const compact = await gateway.send(`${path}/compact`, asked({ input: needle }), { app: 'in' })
    expect([compact.status, compact.json()]).toEqual([451, { error: blocked }])
    const items = { items: [{ role: 'user', content: needle }] }
    const conversation = await gateway.send('/v1/conversations/conv_1/items', items, { app: 'in' })
    expect(conversation.status).toBe(451)
  })
})

describe('27 tools filtered out of a request for a response', () => {
  // Spelled so that a parser and a printer would show.
  const get = '{ "type":"function", "name":"get_a","parameters":{"10":1.0,"9":[ ]},"strict":null }'
  const put = '{"type":"function","name":"put_b","n":12345678901234567890}'
  const crm = (...tools: string[]) => `{"type":"namespace","name":"crm","description":"c","tools":[${tools}]}`
  const find = '{"type":"function","name":"find"}'
  const save = '{"type":"function","name":"save" }'
  const wiki = '{"type":"mcp","server_label":"wiki","server_url":"https://wiki.example.com/mcp"}'
  const web = '{"type":"web_search_preview" ,"user_location":null}'
  const shell = '{"type":"shell"}'
  const request = (tools: readonly string[], more = '') => `{"model":"m","input":"x",${more}"tools":[${tools}],"z":1e2}`
  const bare = '{"model":"m","input":"x","z":1e2}'
  const allowed = (...tools: string[]) => `"tool_choice":{"type":"allowed_tools","mode":"auto","tools":[${tools}]},`
  const all = [get, put, crm(find, save), wiki, web, shell]
  const named = '{"type":"function","name":"put_b"}'

  test.each<[string, string, string, string]>([
    ['functions', 'a function, and one of a namespace', request(all), request([put, crm(save), wiki, web, shell])],
    ['functions', 'a namespace of which nothing is left', request([crm(find), put]), request([put])],
    ['hosted', 'hosted tools', request(all), request([get, put, crm(find, save), shell])],
    ['all', 'all of them', request(all, '"tool_choice":"required","parallel_tool_calls":false,'), bare],
    [
      'hosted',
      'a choice of one that goes',
      request([wiki, put], '"tool_choice":{"type":"mcp","server_label":"wiki"},'),
      request([put]),
    ],
    [
      'hosted',
      'a choice of one that stays',
      request([wiki, put], `"tool_choice":${named},`),
      request([put], `"tool_choice":${named},`),
    ],
    [
      'hosted',
      'allowed tools',
      request(all, allowed(named, '{"type":"web_search_preview"}', '{"type":"mcp","server_label":"wiki"}')),
      request([get, put, crm(find, save), shell], allowed(named)),
    ],
    [
      'hosted',
      'allowed tools of which none is left',
      request([web, put], allowed('{"type":"web_search_preview"}')),
      request([put]),
    ],
    ['abstaining', 'none', request(all, allowed(named)), request(all, allowed(named))],
  ])('%s: %s', async (app, _, body, expected) => {
    filtering.upstream.respond(json(fixture('plain').whole))
    const answer = await filtering.send(path, body, { app })
    expect(answer.status).toBe(200)
    expect(filtering.upstream.requests.at(-1)?.text()).toBe(expected)
  })

  test('among the items too, where their list stays', async () => {
    const items = (...tools: string[]) =>
      `{"model":"m","input":[{"type":"additional_tools","role":"developer","tools":[${tools}]}]}`
    filtering.upstream.respond(json(fixture('plain').whole))
    await filtering.send(path, items(get, put), { app: 'functions' })
    expect(filtering.upstream.requests.at(-1)?.text()).toBe(items(put))
    await filtering.send(path, items(get), { app: 'functions' })
    expect(filtering.upstream.requests.at(-1)?.text()).toBe(items())
  })

  test('46 a name twice: 400, but not across namespaces', async () => {
    const twice = await filtering.send(path, request([put, put]), { app: 'abstaining' })
    expect(twice.status).toBe(400)
    const other = '{"type":"namespace","name":"erp","description":"e","tools":[{"type":"function","name":"find"}]}'
    expect((await filtering.send(path, request([crm(find), other]), { app: 'abstaining' })).status).toBe(200)
  })
})

describe('46 calls of tools that were forwarded, and of others', () => {
  const tools = [
    { type: 'function', name: 'get_weather' },
    { type: 'custom', name: 'sql' },
    { type: 'namespace', name: 'crm', description: 'c', tools: [{ type: 'function', name: 'find' }] },
    { type: 'web_search_preview_2025_03_11' },
    { type: 'file_search', vector_store_ids: ['vs_1'] },
    { type: 'code_interpreter', container: { type: 'auto' } },
    { type: 'mcp', server_label: 'deepwiki', server_url: 'https://mcp.deepwiki.com/mcp' },
    { type: 'image_generation' },
    { type: 'shell' },
    { type: 'local_shell' },
    { type: 'apply_patch' },
    { type: 'computer_use_preview', environment: 'browser', display_width: 1, display_height: 1 },
  ]
  const undeclared = async (body: object | undefined, target: string, answer: Json, method = 'POST') => {
    gateway.upstream.respond(json(answer))
    const sent = await gateway.send(target, body, { app: 'open', method })
    const { detections } = await gateway.record(sent)
    return detections.filter(({ type }) => type === 'TOOL_CALL_UNDECLARED').map(({ tool }) => tool)
  }

  for (const name of ['tools', 'hosted']) {
    const answer: { [name: string]: Json } = JSON.parse(fixture(name).whole)

    test(`${name}: declared, none is reported; not declared, each is`, async () => {
      expect(await undeclared(asked({ tools }), path, answer)).toEqual([])
      const all = await undeclared(asked(), path, answer)
      expect(all.length).toBeGreaterThanOrEqual(4)
      const { toolCalls } = (await gateway.records([await gateway.send(path, asked(), { app: 'open' })]))[0] ?? {}
      expect(all).toEqual(toolCalls?.map((call) => call.name) ?? [])
    })

    test(`${name}: asked for later, the answer itself says what was declared`, async () => {
      expect(await undeclared(undefined, `${path}/resp_1`, { ...answer, tools }, 'GET')).toEqual([])
      expect((await undeclared(undefined, `${path}/resp_1`, answer, 'GET')).length).toBeGreaterThanOrEqual(4)
    })
  }

  test('the server of an MCP call is the one that was declared', async () => {
    const call = { type: 'mcp_call', id: 'mcp_1', server_label: 'other', name: 'ask_question', arguments: '{}' }
    expect(await undeclared(asked({ tools }), path, { status: 'completed', output: [call] })).toEqual(['ask_question'])
  })

  test('calls of a conversation that is read back are history', async () => {
    const data = JSON.parse(fixture('tools').whole).output
    const list = { object: 'list', data }
    for (const target of [`${path}/resp_1/input_items`, '/v1/conversations/conv_1/items']) {
      expect(await undeclared(undefined, target, list, 'GET')).toEqual([])
    }
  })
})

describe('44 content by reference', () => {
  test('is on record as not inspected', async () => {
    gateway.upstream.respond(json(fixture('plain').whole))
    const body = asked({
      previous_response_id: 'resp_0',
      prompt: { id: 'pmpt_1' },
      input: [
        { type: 'item_reference', id: 'msg_1' },
        { role: 'user', content: [{ type: 'input_file', file_id: 'file-1' }] },
        { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAAABpJxQe8Zk1Yt5VQ2mC0lTnR9sUw3fX' },
      ],
    })
    const { segments } = await gateway.record(await gateway.send(path, body, { app: 'open' }))
    expect([...new Set(segments.notInspected.map(({ content }) => content))].sort()).toEqual([
      'file',
      'item',
      'prompt',
      'response',
      'sealed',
    ])
  })

  test('text in a data URL, or in base64, is text', async () => {
    const encoded = btoa(`a ${needle}`)
    for (const part of [
      { type: 'input_image', image_url: `data:text/plain;base64,${encoded}` },
      { type: 'input_file', filename: 'a.txt', file_data: encoded },
    ]) {
      const body = asked({ input: [{ role: 'user', content: [part] }] })
      const record = await gateway.record(await gateway.send(path, body, { app: 'in' }))
      expect([record.outcome, record.detections[0]?.type]).toEqual(['blocked', needleType])
    }
  })
})

describe('43 what the Responses API keeps for one AppContext', () => {
  test.each(['whole', 'chunks'] as const)('is refused to another, %s: response, item, sealed content', async (form) => {
    // Ids of its own: whoever makes a thing first keeps it.
    const fresh = (text: string) =>
      text.replaceAll('resp_68a2', id).replaceAll('0a1b2c', `${form}1`).replaceAll('gAAAAABpJxQe', `gAAAAAB${form}`)
    const id = `resp_${form}`
    const { whole, chunks } = fixture('tools')
    const uses = [
      { previous_response_id: id },
      { input: [{ type: 'item_reference', id: `fc_${form}13d4e5f60718293a4b5c6d7e8f902` }] },
      {
        input: [
          {
            type: 'reasoning',
            summary: [],
            encrypted_content: `gAAAAAB${form}8Zk1Yt5VQ2mC0lTnR9sUw3fXa7bHd6gEiJkLoPq-_w==`,
          },
        ],
      },
    ]
    gateway.upstream.respond(form === 'whole' ? json(fresh(whole)) : sse(fresh(chunks)))
    await gateway.send(path, asked({ stream: form === 'chunks' }), { app: 'out' })
    gateway.upstream.respond(json(fixture('plain').whole))
    for (const use of uses) {
      const own = await gateway.send(path, asked(use), { app: 'out' })
      const other = await gateway.send(path, asked(use), { app: 'redact' })
      expect([use, own.status, other.status]).toEqual([use, 200, 403])
    }
    for (const [method, target] of [
      ['GET', `${path}/${id}`],
      ['GET', `${path}/${id}/input_items`],
      ['POST', `${path}/${id}/cancel`],
      ['DELETE', `${path}/${id}`],
    ] as const) {
      const own = await gateway.send(target, undefined, { app: 'out', method })
      const other = await gateway.send(target, undefined, { app: 'redact', method })
      expect([method, target, own.status, other.status]).toEqual([method, target, 200, 403])
    }
  })
})
