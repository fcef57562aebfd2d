import { byRuntime, chatOf, type EncodingCase, inspected, refused, type Section } from './case.ts'

const twice = (name: string, first: string, second: string): EncodingCase['message'] => {
  return (words) => ({
    headers: [
      [name, first],
      [name.toUpperCase(), second],
    ],
    body: chatOf(words),
    carries: [name, `${first}, ${second}`],
  })
}

const invalidKey = 'Invalid detection key'
const strayLength = 'Content-Length: 5\r\n'

export const headerSection: Section = {
  title: 'Headers twice, in whatever case',
  failure: 'law 2: a header twice',
  cases: [
    {
      what: '`X-Detection-Key` twice',
      message: twice('x-detection-key', `detect_live_${'a'.repeat(40)}`, `detect_live_${'b'.repeat(40)}`),
      outcome: refused(401, invalidKey),
    },
    {
      what: '`Authorization` twice: one value, joined with a comma, for the pins of an AppContext and for the provider',
      message: twice('authorization', 'Bearer sk-one', 'Bearer sk-two'),
      outcome: inspected,
    },
    {
      what: '`OpenAI-Organization` twice: likewise',
      message: twice('openai-organization', 'org-one', 'org-two'),
      outcome: inspected,
    },
  ],
}

/** A body of this length, with these header lines. */
const framed = (lines: (length: number) => string): EncodingCase['message'] => {
  return (words) => {
    const body = chatOf(words)
    return { wire: `Content-Type: application/json\r\n${lines(body.length)}\r\n${body}`, forwarded: body }
  }
}

/** A body in two chunks, as `spell` writes them, and what follows the second. */
const chunked = (
  spell: (size: number, chunk: string) => string,
  end = '0\r\n\r\n',
  lines = '',
): EncodingCase['message'] => {
  return (words) => {
    const body = chatOf(words)
    const chunks = [body.slice(0, 20), body.slice(20)].map((chunk) => spell(chunk.length, chunk)).join('')
    return {
      wire: `Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n${lines}\r\n${chunks}${end}`,
      forwarded: body,
    }
  }
}
const plainChunk = (size: number, chunk: string): string => `${size.toString(16)}\r\n${chunk}\r\n`
const spelled = (size: (plain: string) => string): EncodingCase['message'] =>
  chunked((length, chunk) => `${size(length.toString(16))}\r\n${chunk}\r\n`)

export const framingSection: Section = {
  title: 'Where a body ends',
  failure: 'law 2: where a body ends',
  cases: [
    {
      what: '`Content-Length` twice, equal',
      message: framed((n) => `Content-Length: ${n}\r\nContent-Length: ${n}\r\n`),
      outcome: inspected,
    },
    {
      what: '`Content-Length` of a list: `5, 5`',
      message: framed((n) => `Content-Length: ${n}, ${n}\r\n`),
      outcome: byRuntime(400),
    },
    {
      what: '`Content-Length` twice, different',
      message: framed((n) => `Content-Length: ${n}\r\nContent-Length: ${n - 1}\r\n`),
      outcome: byRuntime(400),
    },
    { what: '`Content-Length: +5`', message: framed((n) => `Content-Length: +${n}\r\n`), outcome: byRuntime(400) },
    {
      what: '`Content-Length: 0x5`',
      message: framed((n) => `Content-Length: 0x${n.toString(16)}\r\n`),
      outcome: byRuntime(400),
    },
    {
      what: '`Content-Length` beside `Transfer-Encoding`',
      message: chunked(plainChunk, undefined, strayLength),
      outcome: byRuntime(400),
    },
    {
      what: '`Transfer-Encoding: identity`',
      message: framed((n) => `Content-Length: ${n}\r\nTransfer-Encoding: identity\r\n`),
      outcome: byRuntime(400),
    },
    {
      what: '`Transfer-Encoding: chunked, chunked`',
      message: (words) => ({
        wire: `Transfer-Encoding: chunked, chunked\r\n\r\n${plainChunk(chatOf(words).length, chatOf(words))}0\r\n\r\n`,
      }),
      outcome: byRuntime(400),
    },
    {
      what: '`Transfer-Encoding: gzip, chunked`',
      message: (words) => ({
        wire: `Transfer-Encoding: gzip, chunked\r\n\r\n${plainChunk(chatOf(words).length, chatOf(words))}0\r\n\r\n`,
        forwarded: chatOf(words),
      }),
      outcome: byRuntime(400),
      onDeno: inspected,
    },
    {
      what: '`Transfer-Encoding: xchunked`',
      message: (words) => ({
        wire: `Transfer-Encoding: xchunked\r\n\r\n${plainChunk(chatOf(words).length, chatOf(words))}0\r\n\r\n`,
      }),
      outcome: byRuntime(400),
    },
    { what: 'Two chunks', message: chunked(plainChunk), outcome: inspected },
    {
      what: 'A chunk size in capitals, with zeros before it',
      message: spelled((size) => `000${size.toUpperCase()}`),
      outcome: inspected,
    },
    { what: 'A chunk extension: `;a=b`', message: spelled((size) => `${size};a=b`), outcome: inspected },
    {
      what: 'A chunk extension in quotes: `;a="b;c"`',
      message: spelled((size) => `${size};a="b;c"`),
      outcome: inspected,
    },
    {
      what: 'A chunk extension of 20,000 bytes',
      message: spelled((size) => `${size};${'a'.repeat(20_000)}`),
      outcome: byRuntime(413),
      onDeno: refused(400, 'The body ended before it was whole.'),
    },
    {
      what: 'A space behind a chunk size',
      message: spelled((size) => `${size} `),
      outcome: byRuntime(400),
      onDeno: inspected,
    },
    {
      what: 'A chunk size of `0x14`',
      message: spelled((size) => `0x${size}`),
      outcome: byRuntime(400),
      onDeno: byRuntime('closed'),
    },
    {
      what: 'A chunk size of `+14`',
      message: spelled((size) => `+${size}`),
      outcome: byRuntime(400),
      onDeno: byRuntime('closed'),
    },
    {
      what: 'A chunk size of `-1`',
      message: spelled(() => '-1'),
      outcome: byRuntime(400),
      onDeno: byRuntime('closed'),
    },
    {
      what: 'A chunk size beyond 64 bits',
      message: spelled((size) => `10000000000000000${size}`),
      outcome: byRuntime(400),
      onDeno: byRuntime('closed'),
    },
    {
      what: 'A chunk line that ends in LF alone',
      message: chunked((size, chunk) => `${size.toString(16)}\n${chunk}\r\n`),
      outcome: byRuntime(400),
      onDeno: byRuntime('closed'),
    },
    {
      what: 'A chunk that ends in LF alone',
      message: chunked((size, chunk) => `${size.toString(16)}\r\n${chunk}\n`),
      outcome: byRuntime(400),
      onDeno: byRuntime('closed'),
    },
    {
      what: 'A chunk with nothing behind it',
      message: chunked((size, chunk) => `${size.toString(16)}\r\n${chunk}`),
      outcome: byRuntime(400),
      onDeno: byRuntime('closed'),
    },
    {
      what: 'Trailers: `Content-Encoding`, `X-Detection-Key`, `Content-Length`',
      message: chunked(
        plainChunk,
        '0\r\nContent-Encoding: gzip\r\nX-Detection-Key: x\r\nContent-Length: 1\r\n\r\n',
        'Trailer: Content-Encoding\r\n',
      ),
      outcome: byRuntime(400),
      onDeno: inspected,
    },
  ],
}
