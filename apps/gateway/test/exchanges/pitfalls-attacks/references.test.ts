import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json } from '@sluice/testing'
import { prompt, whole } from '../pitfalls/answers.ts'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({
  apps: {
    open: {},
    strict: { policies: ['block-in'] },
    redact: { policies: ['redact-in'] },
    forwarding: { privateUrls: 'forward' },
  },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
const inside = [
  'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
  'http://0xa9fea9fe/',
  'http://[::ffff:169.254.169.254]/',
  'http://metadata.google.internal/computeMetadata/v1/',
  'http://localhost:11434/api/tags',
  'http://10.0.0.7/admin',
  'https://example.com@192.168.0.1/',
  'http://printer.local./',
  'file:///etc/passwd',
  'gopher://127.0.0.1:6379/_FLUSHALL',
  '//169.254.169.254/',
  '169.254.169.254',
]
const outside = 'https://example.com/cat.png'
/** Every place of a request that holds an address, the provider's own and other servers'. */
const places: Readonly<Record<string, (url: string) => { readonly path: string; readonly body: Json }>> = {
  image_url: part((url) => ({ type: 'image_url', image_url: { url } })),
  'image_url, as a string': part((url) => ({ type: 'image_url', image_url: url })),
  'image_url under another type': part((image_url) => ({ type: 'text', text: 'hi', image_url })),
  video_url: part((url) => ({ type: 'video_url', video_url: { url } })),
  audio_url: part((url) => ({ type: 'audio_url', audio_url: { url } })),
  file_url: part((file_url) => ({ type: 'input_file', file_url })),
  document_url: part((document_url) => ({ type: 'document_url', document_url })),
  'an image in an instruction': (url) => ({
    path: chat,
    body: { model: 'm', messages: [{ role: 'system', content: [{ type: 'image_url', image_url: { url } }] }] },
  }),
  'an image in a tool’s result': (url) => ({
    path: chat,
    body: {
      model: 'm',
      messages: [{ role: 'tool', tool_call_id: 'c', content: [{ type: 'image_url', image_url: { url } }] }],
    },
  }),
  'an image to be judged': (url) => ({
    path: '/v1/moderations',
    body: { model: 'm', input: [{ type: 'image_url', image_url: { url } }] },
  }),
  'an MCP server': (server_url) => ({
    path: chat,
    body: { ...prompt('hi'), tools: [{ type: 'mcp', server_label: 'a', server_url }] },
  }),
}

function part(make: (url: string) => Json): (url: string) => { readonly path: string; readonly body: Json } {
  return (url) => ({ path: chat, body: prompt([{ type: 'text', text: 'look' }, make(url)]) })
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('44 content by reference or opaque', () => {
  describe.each(Object.entries(places))('a URL of somebody’s own network: %s', (_, request) => {
    test.each(inside)('%s: 400, upstream untouched', async (url) => {
      const before = gateway.upstream.requests.length
      const { path, body } = request(url)
      const answer = await gateway.send(path, JSON.stringify(body), { app: 'open' })
      expect([answer.status, answer.json()]).toEqual([400, { error: expect.stringMatching(/^The URL at \/\S+ is no/) }])
      expect(answer.text()).not.toContain(url)
      expect(gateway.upstream.requests).toHaveLength(before)
      expect(await gateway.record(answer)).toMatchObject({ outcome: 'refused', code: 'SLUICE_URL_NOT_PUBLIC' })
    })

    test('a public one passes as it came', async () => {
      const { path, body } = request(outside)
      gateway.upstream.respond(json(whole([{ content: 'ok' }])))
      const answer = await gateway.send(path, JSON.stringify(body), { app: 'open' })
      expect(answer.status).toBe(200)
      expect(gateway.upstream.requests.at(-1)?.text()).toBe(JSON.stringify(body))
    })

    test('any passes where the AppContext says so', async () => {
      gateway.upstream.respond(json(whole([{ content: 'ok' }])))
      const { path, body } = request('http://10.0.0.7/cat.png')
      expect((await gateway.send(path, JSON.stringify(body), { app: 'forwarding' })).status).toBe(200)
    })
  })

  test('what lies behind a URL is on record as not inspected', async () => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const url = (name: string) => ({ type: name, [name]: { url: outside } })
    const answer = await gateway.send(chat, prompt([url('image_url'), url('video_url'), url('audio_url')]))
    expect((await gateway.record(answer)).segments.notInspected).toEqual(
      ['image', 'video', 'audio'].map((content) => ({
        direction: 'ingress',
        content,
        reason: 'what lies behind a URL is not read',
        count: 1,
      })),
    )
  })

  test('a needle in a URL is found', async () => {
    const before = gateway.upstream.requests.length
    for (const [name, request] of Object.entries(places)) {
      const { path, body } = request(`https://example.com/${needle}?q=${needle}`)
      const answer = await gateway.send(path, JSON.stringify(body), { app: 'strict' })
      expect([name, (await gateway.record(answer)).outcome]).toEqual([name, 'blocked'])
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  describe('a data URL that holds text is read as the provider would', () => {
    const text = `the number is ${needle}`
    const inBase64 = base64(text)
    const urls: Readonly<Record<string, string>> = {
      base64: `data:text/plain;base64,${inBase64}`,
      'base64 of the web': `data:text/plain;base64,${inBase64.replaceAll('+', '-').replaceAll('/', '_')}`,
      'percent escapes': `data:text/plain,${[...text].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')}`,
      'no type': `data:,${encodeURIComponent(text)}`,
      'another charset': `data:text/plain;charset=utf-16le;base64,${Buffer.from(text, 'utf16le').toString('base64')}`,
      'the label of an image': `data:image/png;base64,${inBase64}`,
      'parameters that nobody needs': `data:text/plain;name="a.txt";charset=utf-8;base64,${inBase64}`,
      'upper case': `DATA:TEXT/PLAIN;BASE64,${inBase64}`,
      'base64 with escapes': `data:text/plain;base64,${inBase64.slice(0, 6)}%${inBase64.charCodeAt(6).toString(16)}${inBase64.slice(7)}`,
      'base64 with what decoders skip': `data:text/plain;base64,${inBase64.replaceAll(/(.{5})/g, '$1\n ')}`,
      'spaces in its head': `data:text/plain ; base64 ,${inBase64}`,
    }
    test.each(Object.entries(urls))('%s', async (_, url) => {
      const before = gateway.upstream.requests.length
      const parts: readonly Json[] = [
        { type: 'image_url', image_url: { url } },
        { type: 'video_url', video_url: { url } },
        { type: 'file', file: { filename: 'a.txt', file_data: url } },
      ]
      for (const part of parts) {
        const answer = await gateway.send(chat, prompt([part]), { app: 'strict' })
        expect([JSON.stringify(part), (await gateway.record(answer)).outcome]).toEqual([
          JSON.stringify(part),
          'blocked',
        ])
        // Where the text stands it cannot be cut: to redact it is to block it.
        const redacted = await gateway.send(chat, prompt([part]), { app: 'redact' })
        expect(await gateway.record(redacted)).toMatchObject({ outcome: 'blocked' })
      }
      expect(gateway.upstream.requests).toHaveLength(before)
    })
  })

  test('an address where file contents belong is an address', async () => {
    const file = (file_data: string) => prompt([{ type: 'file', file: { filename: 'a.pdf', file_data } }])
    expect((await gateway.send(chat, file('http://169.254.169.254/'), { app: 'open' })).status).toBe(400)
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    expect((await gateway.send(chat, file('https://example.com/a.pdf'), { app: 'open' })).status).toBe(200)
  })

  test('token numbers are refused where a rule could block the text they stand for', async () => {
    const inputs: readonly (readonly [string, Json])[] = [
      ['/v1/embeddings', { model: 'm', input: [1, 2] }],
      ['/v1/embeddings', { model: 'm', input: [[1], [2]] }],
      ['/v1/completions', { model: 'm', prompt: [1, 2] }],
      ['/v1/completions', { model: 'm', prompt: ['a', [1]] }],
    ]
    const before = gateway.upstream.requests.length
    for (const [path, body] of inputs) {
      const answer = await gateway.send(path, JSON.stringify(body), { app: 'strict' })
      expect(await gateway.record(answer)).toMatchObject({ status: 400, code: 'SLUICE_OPAQUE_INPUT' })
    }
    expect(gateway.upstream.requests).toHaveLength(before)
    for (const [path, body] of inputs) {
      gateway.upstream.respond(json('{}'))
      const answer = await gateway.send(path, JSON.stringify(body), { app: 'open' })
      expect(answer.status).toBe(200)
      const { notInspected } = (await gateway.record(answer)).segments
      expect(notInspected.map(({ content }) => content)).toContain('tokens')
    }
  })
})
