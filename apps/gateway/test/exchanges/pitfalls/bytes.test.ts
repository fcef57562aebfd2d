import { describe, expect, test } from 'bun:test'
import { json, sse } from '@sluice/testing'
import { streamed } from './answers.ts'
import { detectors, needle, policies } from './needle.ts'
import { boundary, encodeForm } from './requests.ts'
import { served, utf8 } from './served.ts'

// A rule that could act is in force, so that everything is read, and nothing is found.
const gateway = served({
  apps: { all: { policies: ['block-in', 'block-out'] } },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
const answer = '{"choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}'

/** JSON that a round through a parser would write otherwise. */
const spelled: Readonly<Record<string, string>> = {
  'a number beyond 2^53': '{"seed":12345678901234567890}',
  'numbers with a point and an exponent': '{"a":1.0,"b":1e2,"c":1E+2,"d":-0,"e":0.10,"f":1.5e-7}',
  'numbers beyond a double': '{"a":1e400,"b":-1e400,"c":1e-400,"d":0.1000000000000000055511151231257827}',
  'names like integers, out of order': '{"10":1,"9":2,"b":3,"a":4,"1":5,"-1":6,"01":7}',
  'inherited names': '{"__proto__":{"x":1},"constructor":null,"toString":1}',
  'escapes nobody needs': '{"\\u0061":"\\u0062\\/\\u00e9\\ud83d\\ude00\\u000A"}',
  'escapes of lone surrogates': '{"a":"\\ud83d","b":"\\ude00\\ud83d"}',
  'no escapes where many write them': '{"a":"é你😀\u2028\u007f/\'<>&"}',
  spacing: ' \t\r\n{ "a" :\t1 ,\r\n"b":[ ] , "c" : [ 1 ,\n2 ] } \n\n',
  'empty things': '{"":"","a":{},"b":[],"c":[[],{}],"d":null,"e":""}',
  'the same name in different objects': '{"a":{"a":{"a":1}},"b":{"a":[{"a":1},{"a":2}]}}',
  depth: `{"x":${'['.repeat(500)}${']'.repeat(500)}}`,
}

/** The members of a spelled object, in the middle of a request for chat. */
function within(text: string): string {
  const open = text.indexOf('{')
  const members = text.slice(open + 1, text.lastIndexOf('}'))
  return `${text.slice(0, open)}{"model":"m" ,"messages":[{"role":"user","content":"hi","extra":${text}}],${members}}${text.slice(text.lastIndexOf('}') + 1)}`
}

describe('18 numbers respelled, keys moved', () => {
  test.each(Object.entries(spelled))('%s', async (_, text) => {
    gateway.upstream.respond(json(text))
    const body = within(text)
    const came = await gateway.send(chat, body)
    expect(came.text()).toBe(text)
    expect(gateway.upstream.requests.at(-1)?.text()).toBe(body)
    const stream = `data: ${text.replace(/[\r\n]+/g, ' ')}\n\ndata: [DONE]\n\n`
    gateway.upstream.respond(sse(stream))
    expect((await gateway.send(chat, body)).text()).toBe(stream)
  })

  test.each(['/v1/completions', '/v1/embeddings', '/v1/moderations'])('%s', async (path) => {
    for (const text of Object.values(spelled)) {
      gateway.upstream.respond(json(text))
      const body = `{"input":"hi","extra":${text},"model":"m"}`
      expect((await gateway.send(path, body)).text()).toBe(text)
      expect(gateway.upstream.requests.at(-1)?.text()).toBe(body)
    }
  })
})

// https://github.com/maximhq/bifrost/issues/5764, https://github.com/maximhq/bifrost/issues/4354,
// https://github.com/Portkey-AI/gateway/issues/1469
describe('17 unknown fields dropped', () => {
  const unknown = '"x_new":{"deep":[{"er":null}]},"y":[],"vendor-thing":"v"'

  test('in a request: members, headers, query', async () => {
    gateway.upstream.respond(json(answer))
    const body = `{${unknown},"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"hi",${unknown}}],${unknown}}],"tools":[{"type":"function","function":{"name":"f",${unknown}},${unknown}}],"stream_options":{${unknown}}}`
    const headers = [
      ['x-new-header', 'a, b;c="d e"'],
      ['openai-beta', 'assistants=v2'],
      ['openai-organization', 'org-1'],
      ['x-stainless-retry-count', '0'],
      ['idempotency-key', 'stainless-node-retry-1'],
      ['user-agent', 'Custom/1.0 (test)'],
      ['accept', 'application/json;q=0.9, */*;q=0.1'],
      ['cookie', 'a=1; b=2'],
      ['x-latin', 'caf\u00e9'],
      ['x-bytes', 'caf\u00c3\u00a9'],
      ['x-empty', ''],
      ['x-tab', 'a\tb'],
      ['x_under', '1'],
      ['x-long', 'y'.repeat(9000)],
      ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
    ] as const
    const query = '?api-version=2024-10-21&x=%20%C3%A9%2B+a&y&z=&x=2'
    await gateway.send(`${chat}${query}`, body, { headers })
    const sent = gateway.upstream.requests.at(-1)
    expect(sent?.text()).toBe(body)
    expect(sent?.target).toBe(`${chat}${query}`)
    for (const [name, value] of headers) expect([name, sent?.header(name)]).toEqual([name, value])
    const twice = [
      ['x-two', 'a'],
      ['x-two', 'b'],
    ] as const
    await gateway.send(chat, body, { headers: twice })
    expect(gateway.upstream.requests.at(-1)?.header('x-two')).toBe('a, b')
    expect(sent?.header('authorization')).toBe('Bearer sk-test')
    expect(sent?.header('content-type')).toBe('application/json')
    expect(sent?.header('x-detection-key')).toBeUndefined()
  })

  test('in a form', async () => {
    gateway.upstream.respond(json('{"text":"ok"}'))
    const fields = [
      { name: 'x_new', value: '{"a":1.0}' },
      { name: 'file', filename: 'é "q".wav'.replaceAll('"', '%22'), value: '\u0000\r\n--not-the-boundary\r\n' },
      { name: 'model', value: 'whisper-1' },
      { name: 'y[]', value: '' },
    ]
    const body = encodeForm(fields)
    const type = `multipart/form-data; boundary=${boundary}; x-new=1`
    await gateway.send('/v1/audio/transcriptions', body, { headers: [['content-type', type]] })
    expect(gateway.upstream.requests.at(-1)?.body).toEqual(utf8(body))
    expect(gateway.upstream.requests.at(-1)?.header('content-type')).toBe(type)
  })

  test('in an answer: members, headers, status', async () => {
    const body = `{${unknown},"choices":[{"index":0,"message":{"content":"a",${unknown}},${unknown}}],"usage":{${unknown}}}`
    const headers = {
      'x-new-header': 'a, b',
      'content-type': 'application/json; x=1',
      'cf-ray': '8c1-FRA',
      age: '3',
      'x-empty': '',
      'x-latin': 'caf\u00e9',
    }
    gateway.upstream.respond(json(body, { status: 203, headers }))
    const came = await gateway.send(chat, { model: 'm', messages: [] })
    expect([came.status, came.text()]).toEqual([203, body])
    for (const [name, value] of Object.entries(headers)) expect([name, came.header(name)]).toEqual([name, value])
  })

  test('in a stream: members, event names, fields', async () => {
    const stream = [
      ': a comment\n\n',
      'event: thread.unknown\nid: 7\nretry: 10\nx-new: v\ndata: {"x":{"y":[1.0]}}\n\n',
      `data: {"choices":[{"index":0,"delta":{"content":"a",${unknown}},${unknown}}],${unknown}}\n\n`,
      'data: no JSON at all\n\n',
      'event: only.a.name\n\n',
      'data\n\n',
      'data: [DONE]\n\n',
      ': afterwards\n\n',
    ].join('')
    gateway.upstream.respond(sse(stream, { split: 11, headers: { 'x-new-header': 'v' } }))
    const came = await gateway.send(chat, { model: 'm', messages: [], stream: true })
    expect(came.text()).toBe(stream)
    expect(came.header('x-new-header')).toBe('v')
  })

  test('and what nobody names is inspected all the same', async () => {
    const body = `{"model":"m","messages":[],"x_new":{"deep":["${needle}"]}}`
    const before = gateway.upstream.requests.length
    expect((await gateway.send(chat, body)).json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    expect(gateway.upstream.requests).toHaveLength(before)
    gateway.upstream.respond(sse(streamed([{ content: 'ok' }])))
  })
})
