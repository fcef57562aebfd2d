import { describe, expect, test } from 'bun:test'
import { json, type RawResponse, text } from '@sluice/testing'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'
import { file, form, purpose, sha256, upload } from './forms.ts'

const gateway = served({
  apps: {
    observe: {},
    block: { policies: ['block-out'] },
    redact: { policies: ['redact-out'] },
    tools: { plugins: [{ id: 'rules', options: { deny: ['shell'] } }] },
    limited: {},
  },
  config: {
    plugins: [...detectors, { use: '@sluice/tool-filter-rules', id: 'rules', options: {} }],
    policies,
    limits: { maxUploadBytes: 3_000_000 },
  },
})

/** Fetches a file that is the AppContext's own. */
async function fetchFile(
  body: string | Uint8Array,
  app: string,
  type = 'application/octet-stream',
): Promise<RawResponse> {
  await ownFile(app)
  gateway.upstream.respond(text(body, { headers: { 'content-type': type } }))
  return gateway.send(contentOf(app), undefined, { method: 'GET', app })
}

async function ownFile(app: string): Promise<void> {
  gateway.upstream.respond(json({ object: 'file', id: `file-${app}` }))
  await upload(gateway, form(purpose('user_data'), file('hi')), app)
}

const contentOf = (app: string): string => `/v1/files/file-${app}/content`

function outcome(id: string, choices: readonly object[]): string {
  const body = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: 'm',
    choices,
    usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 },
  }
  return JSON.stringify({
    id: 'batch_req_1',
    custom_id: id,
    response: { status_code: 200, request_id: 'r', body },
    error: null,
  })
}
const said = (content: string, index = 0, more: object = {}): object => {
  return { index, message: { role: 'assistant', content, ...more }, finish_reason: 'stop', logprobs: null }
}
const called = (name: string, input: string): object => {
  return said('', 0, { tool_calls: [{ id: 'call_1', type: 'function', function: { name, arguments: input } }] })
}

describe('the output of a batch is inspected on the way back', () => {
  test('every choice and call, as the answers that they are', async () => {
    const lines = [
      outcome('a', [said('fine'), said(`pay ${needle}`, 1)]),
      outcome('b', [called('pay', JSON.stringify({ card: needle }))]),
      JSON.stringify({ custom_id: 'c', response: null, error: { code: 'x', message: needle } }),
      JSON.stringify({ custom_id: needle, response: { status_code: 200, body: { object: 'of tomorrow', x: needle } } }),
    ]
    const output = `${lines.join('\n')}\n`
    const answer = await fetchFile(output, 'observe')
    expect([answer.status, sha256(answer.body)]).toEqual([200, sha256(Buffer.from(output))])
    const record = await gateway.record(answer)
    expect(record).toMatchObject({
      outcome: 'forwarded',
      operation: 'files.content',
      file: { read: 'requests', lines: 4 },
      usage: { inputTokens: 4, outputTokens: 6 },
      toolCalls: [{ name: 'pay', callId: 'call_1' }],
    })
    const places = record.detections.map(({ kind, place: { line, pointer } }) => [line, kind, pointer])
    expect(places).toEqual(
      expect.arrayContaining([
        [0, 'assistant', '/response/body/choices/1/message/content'],
        [1, 'tool-arguments', '/response/body/choices/0/message/tool_calls/0/function/arguments'],
        [2, 'other', '/error/message'],
        [3, 'other', '/custom_id'],
        [3, 'other', '/response/body/x'],
      ]),
    )
  })

  test('a rule that blocks: nothing is given, and the lines are named', async () => {
    const answer = await fetchFile([outcome('a', [said('fine')]), outcome('b', [said(needle)])].join('\n'), 'block')
    expect([answer.status, answer.json()]).toEqual([
      451,
      { error: 'Content blocked due to policy violations: line 2 (custom_id b)' },
    ])
    expect(await gateway.record(answer)).toMatchObject({ outcome: 'blocked', action: 'BLOCK', status: 451 })
  })

  test('a redaction changes nothing else', async () => {
    const output = `${outcome('a', [said(`pay ${needle}`)])}\n\n ${outcome('b', [said('ü')])}`
    const answer = await fetchFile(output, 'redact')
    expect([answer.status, answer.text()]).toEqual([200, output.replace(needle, '[REDACTED]')])
  })

  test('a call of a tool that a filter denies is blocked, another is not', async () => {
    expect((await fetchFile(outcome('a', [called('read', '{}')]), 'tools')).status).toBe(200)
    expect((await fetchFile(outcome('a', [called('shell', '{}')]), 'tools')).status).toBe(451)
  })
})

describe('any other file is inspected on the way back, too', () => {
  test.each([
    ['text', `a ${needle}`],
    ['one JSON text', `{\n"a": "\\u0034${needle.slice(1)}"}`],
    ['the input of a batch', JSON.stringify({ custom_id: 'a', body: { messages: [{ content: needle }] } })],
    ['events', `data: {"a":"${needle}"}\n\n`],
  ])('%s', async (_name, content) => {
    expect((await fetchFile(content, 'block')).status).toBe(451)
    const answer = await fetchFile(content, 'observe', 'text/event-stream')
    expect([answer.status, answer.text()]).toEqual([200, content])
    expect((await gateway.record(answer)).detections.length).toBeGreaterThan(0)
  })

  test('bytes are given as they came and declared, also where a rule could act on text', async () => {
    const image = Uint8Array.from({ length: 200_000 }, (_, at) => (at * 7919) % 256)
    const answer = await fetchFile(image, 'block')
    expect([answer.status, sha256(answer.body)]).toEqual([200, sha256(image)])
    expect(await gateway.record(answer)).toMatchObject({ file: { read: 'opaque' }, inspection: 'partly inspected' })
  })

  test('nothing, and errors', async () => {
    expect((await fetchFile('', 'block')).body).toHaveLength(0)
    await ownFile('redact')
    gateway.upstream.respond(json({ error: { message: `no ${needle}` } }, { status: 404 }))
    const answer = await gateway.send(contentOf('redact'), undefined, { method: 'GET', app: 'redact' })
    expect([answer.status, answer.text()]).toEqual([404, '{"error":{"message":"no [REDACTED]"}}'])
  })

  test('a file over the limit, and one in a coding nobody asked for, are not given', async () => {
    expect((await fetchFile('x'.repeat(3_000_001), 'observe')).status).toBe(502)
    gateway.upstream.respond(text('x', { headers: { 'content-encoding': 'gzip' } }))
    const headers = [['accept-encoding', 'gzip, br']] as const
    const coded = await gateway.send(contentOf('observe'), undefined, { method: 'GET', app: 'observe', headers })
    expect(coded.status).toBe(502)
    expect(gateway.upstream.requests.at(-1)?.header('accept-encoding')).toBe('identity')
  })
})
