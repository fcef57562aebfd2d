import { describe, expect, test } from 'bun:test'
import { json, sse, text } from '@sluice/testing'
import fc from 'fast-check'
// JSON as no printer writes it: the core's own tests go by it too.
import { oddJson, repeatingJson } from '../../../../../packages/core/test/odd-json.ts'
import { detectors, needle, policies } from './needle.ts'
import { boundary } from './requests.ts'
import { served, utf8 } from './served.ts'

const filter = '@sluice/tool-filter-rules'
const gateway = served({
  apps: {
    judged: { policies: ['block-in', 'block-out'] },
    edited: {
      policies: ['redact-in', 'redact-out'],
      plugins: [{ id: filter, options: { deny: ['gone_*'] } }],
    },
    open: {},
  },
  config: { plugins: [...detectors, { use: filter }], policies },
})
// Where a tool filter is configured, an answer that cannot be read is not given.
const unfiltered = served({ config: { plugins: detectors, policies } })
const chat = '/v1/chat/completions'
const options = { seed: 20261123, numRuns: 120 }
const answer = '{"choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}'

/** What went up for a body. */
async function up(app: string, path: string, body: string | Uint8Array, type = 'application/json'): Promise<string> {
  const before = gateway.upstream.requests.length
  const came = await gateway.send(path, body, { app, headers: [['content-type', type]] })
  expect([came.status, gateway.upstream.requests.length]).toEqual([200, before + 1])
  return latin1(gateway.upstream.requests.at(-1)?.body)
}

/** Bytes as they are, one character each. */
function latin1(bytes: Uint8Array | string | undefined): string {
  return Buffer.from(bytes ?? '').toString('latin1')
}

const space = fc.constantFrom('', ' ', '\n', '\t\r\n ')

/** A request for chat with odd JSON wherever a field is free, and these texts as its words. */
function requestOf(words: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(oddJson, oddJson, oddJson, words, words, space, space).map(([a, b, c, one, two, s, t]) => {
    const user = `{${s}"role"${s}:${t}"user","content":${one},"x":${a}}`
    const parts = `[{"type":"text","text":${two},"y":${b}}${t},{"type":"text","text":"\\u0061"}]`
    const system = `{"content":${parts},${s}"role":"system"}`
    return `${t}{"metadata":${c},"model":${s}"m","messages":[${user}${s},${system}],"seed":12345678901234567890}${s}`
  })
}

/** The needle, with some of its characters as escapes, in the middle of words; and the same with the needle redacted. */
interface Words {
  readonly before: string
  readonly spelled: string
  readonly after: string
}

const words: fc.Arbitrary<Words> = fc
  .tuple(fc.nat({ max: 2 ** needle.length - 1 }), fc.constantFrom('', 'é\\n', '\\ud83d\\ude00 😀', '\\"{', '\\/\\\\'))
  .map(([way, around]) => ({
    before: `"${around} of `,
    spelled: [...needle].map((char, at) => (((way >> at) & 1) === 1 ? escaped(char) : char)).join(''),
    after: ` of ${around}"`,
  }))

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const marked: fc.Arbitrary<string> = words.map(({ before, spelled, after }) => `${before}<<${spelled}>>${after}`)
const sentAs = (body: string): string => body.replaceAll(/<<|>>/g, '')
const editedTo = (body: string): string => body.replaceAll(/<<.*?>>/g, '[REDACTED]')

describe('law 1: bytes that enforcement did not change leave as they came', () => {
  test('requests', async () => {
    gateway.upstream.respond(json(answer))
    const property = fc.asyncProperty(requestOf(oddString()), async (body) => {
      expect(await up('judged', chat, body)).toBe(latin1(body))
    })
    await fc.assert(property, options)
  })

  test('requests of other endpoints', async () => {
    gateway.upstream.respond(json('{"data":[]}'))
    const path = fc.constantFrom('/v1/completions', '/v1/embeddings', '/v1/moderations')
    const property = fc.asyncProperty(path, oddJson, space, async (path, odd, s) => {
      const body = `${s}{"x":${odd},${s}"model":"m","input":"a\\u0062"}`
      expect(await up('judged', path, body)).toBe(latin1(body))
    })
    await fc.assert(property, options)
  })

  test('forms: binary files, any names and values', async () => {
    gateway.upstream.respond(json('{"text":"ok"}'))
    const name = fc.stringMatching(/^[a-zé你 ;=[\]*_.-]{1,12}$/)
    const property = fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.uniqueArray(fc.tuple(name, fc.string({ unit: 'grapheme' })), {
        maxLength: 4,
        selector: ([name]) => name.trim(),
      }),
      async (file, fields) => {
        const part = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`
        const body = Buffer.concat([
          ...fields.map(([name, value]) => utf8(`${part(`name="x${name}"`)}\r\n${value}\r\n`)),
          utf8(`${part('name="file"; filename="a é.wav"')}Content-Type: audio/wav\r\n\r\n`),
          file,
          utf8(`\r\n${part('name="model"')}\r\nwhisper-1\r\n--${boundary}--\r\n`),
        ])
        const sent = await up(
          'judged',
          '/v1/audio/translations',
          new Uint8Array(body),
          `multipart/form-data; boundary=${boundary}`,
        )
        expect(sent).toBe(latin1(new Uint8Array(body)))
      },
    )
    await fc.assert(property, options)
  })

  test('answers: JSON that all read alike, JSON that they do not, text, bytes', async () => {
    const came = async (from: 'judged' | 'open', type: string, body: string | Uint8Array): Promise<void> => {
      const [served, app] = from === 'open' ? [unfiltered, 'app'] : [gateway, 'judged']
      served.upstream.respond(text(body, { headers: { 'content-type': type } }))
      const got = await served.send(chat, '{"model":"m","messages":[]}', { app })
      expect([got.status, latin1(got.body)]).toEqual([200, latin1(body)])
    }
    const property = fc.asyncProperty(
      oddJson,
      repeatingJson,
      fc.string({ unit: 'grapheme' }),
      fc.uint8Array({ minLength: 1 }),
      async (odd, repeating, words, bytes) => {
        await came('judged', 'application/json', odd)
        await came('open', 'application/json', repeating)
        await came('judged', 'text/plain; charset=utf-8', words)
        await came('open', 'application/octet-stream', bytes)
      },
    )
    await fc.assert(property, options)
  })

  test('streams: frames of anything, cut anywhere', async () => {
    const field = fc.constantFrom('data: ', 'data:', ': ', 'event: ', 'id: ', 'retry: ', 'x-vendor: ', '')
    const end = fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\r\n\r\n')
    const value = fc.oneof(oddJson, fc.string({ unit: 'grapheme' }), fc.constantFrom('[DONE]', '{"choices":[]}'))
    const property = fc.asyncProperty(
      fc.array(fc.tuple(field, value, end), { minLength: 1, maxLength: 8 }),
      fc.uint8Array({ maxLength: 6 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
      async (lines, bytes, cuts) => {
        const stream = Buffer.concat([utf8(lines.map((line) => line.join('')).join('')), bytes])
        const split = cuts.map((at) => Math.floor(at * stream.length)).sort((a, b) => a - b)
        gateway.upstream.respond(sse(new Uint8Array(stream), { split }))
        const got = await gateway.send(chat, '{"model":"m","messages":[],"stream":true}', { app: 'judged' })
        expect([got.end, latin1(got.body)]).toEqual(['complete', latin1(new Uint8Array(stream))])
      },
    )
    await fc.assert(property, options)
  })
})

describe('law 1: an edit changes nothing outside itself', () => {
  test('a redaction in a request, however the needle and the rest are spelled', async () => {
    gateway.upstream.respond(json(answer))
    const property = fc.asyncProperty(requestOf(marked), async (body) => {
      expect(await up('edited', chat, sentAs(body))).toBe(latin1(editedTo(body)))
    })
    await fc.assert(property, options)
  })

  test('a redaction across parts that the provider joins', async () => {
    gateway.upstream.respond(json(answer))
    const cut = fc.integer({ min: 1, max: needle.length - 1 })
    const property = fc.asyncProperty(cut, cut, space, oddJson, async (a, b, s, odd) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)]
      const body = (one: string, two: string, three: string): string => {
        const parts = [`see ${one}`, two, `${three} é`].map((text) => `{"type":"text","text":"${text}"${s},"y":${odd}}`)
        return `{"messages":[{"role":"user","content":[${parts.join(`,${s}`)}]}],"model":"m"}`
      }
      const split = body(needle.slice(0, first), needle.slice(first, last), needle.slice(last))
      expect(await up('edited', chat, split)).toBe(latin1(body('[REDACTED]', '', '')))
    })
    await fc.assert(property, options)
  })

  test('a redaction in an answer', async () => {
    const property = fc.asyncProperty(oddJson, marked, marked, space, async (odd, one, two, s) => {
      const body = `${s}{"x":${odd},"choices":[${s}{"index":0,"message":{"content":${one}${s},"y":[1.0,${two}]}}],"n":1e2}`
      gateway.upstream.respond(json(sentAs(body)))
      const came = await gateway.send(chat, '{"model":"m","messages":[]}', { app: 'edited' })
      expect(came.text()).toBe(editedTo(body))
    })
    await fc.assert(property, options)
  })

  test('a redaction in the arguments of a tool, which are JSON in JSON', async () => {
    gateway.upstream.respond(json(answer))
    const property = fc.asyncProperty(oddJson, marked, async (odd, word) => {
      const quoted = (text: string) => JSON.stringify(`{"a":${odd.trim()} ,"b":${text}}`)
      const body = (text: string) =>
        `{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":${quoted(text)}}}]}]}`
      expect(await up('edited', chat, body(sentAs(word)))).toBe(latin1(body(editedTo(word))))
    })
    await fc.assert(property, options)
  })

  test('tools removed and words redacted in one body', async () => {
    gateway.upstream.respond(json(answer))
    const tools = fc.array(fc.tuple(fc.boolean(), oddJson), { minLength: 1, maxLength: 4 })
    const property = fc.asyncProperty(tools, marked, oddJson, async (tools, word, odd) => {
      const texts = tools.map(([goes, odd], at) => {
        const name = `${goes ? 'gone' : 'kept'}_${at}`
        return { goes, text: `{"type":"function","function":{"name":"${name}","parameters":${odd}},"z":${word}}` }
      })
      const kept = texts.filter(({ goes }) => !goes)
      const list = (some: typeof texts) => `"tools":[${some.map(({ text }) => text).join(',')}],`
      const body = (tools: string) => `{${tools}"messages":[{"role":"user","content":${word}}],"x":${odd},"model":"m"}`
      const expected = body(kept.length === 0 ? '' : list(kept))
      expect(await up('edited', chat, sentAs(body(list(texts))))).toBe(latin1(editedTo(expected)))
    })
    await fc.assert(property, options)
  })

  test('a redaction in a field of a form', async () => {
    gateway.upstream.respond(json('{"text":"ok"}'))
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (file) => {
      const part = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`
      const body = (word: string): Uint8Array =>
        new Uint8Array(
          Buffer.concat([
            utf8(`${part('name="prompt"')}é ${word} 😀\r\n${part('name="file"; filename="a.wav"')}`),
            file,
            utf8(`\r\n${part('name="model"')}whisper-1\r\n${part('name="y"')}${word}\r\n--${boundary}--\r\n`),
          ]),
        )
      const sent = await up(
        'edited',
        '/v1/audio/transcriptions',
        body(needle),
        `multipart/form-data; boundary=${boundary}`,
      )
      expect(sent).toBe(latin1(body('[REDACTED]')))
    })
    await fc.assert(property, options)
  })
})

/** A JSON string literal in one of its many spellings. */
function oddString(): fc.Arbitrary<string> {
  return oddJson.map((text) => {
    const [literal] = /"(?:[^"\\]|\\.)*"/.exec(text) ?? ['""']
    return literal
  })
}
