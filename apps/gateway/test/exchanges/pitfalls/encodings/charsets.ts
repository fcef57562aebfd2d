import { chatOf, type EncodingCase, inspected, refused, type Section } from './case.ts'

const label = (type: string): EncodingCase['message'] => {
  return (words) => ({ headers: [['content-type', type]], body: chatOf(words) })
}
const bytes = (...list: readonly number[]): Uint8Array => new Uint8Array(list)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

/** UTF-16 or UTF-32 of ASCII: each letter, and zeros before or after it. */
function wide(text: string, before: number, after: number): Uint8Array {
  return bytes(...[...utf8(text)].flatMap((byte) => [...Array(before).fill(0), byte, ...Array(after).fill(0)]))
}

const [beforePrompt = '', afterPrompt = ''] = chatOf('|').split('|')

/** A request whose prompt begins with these bytes. */
function begun(...first: readonly number[]): EncodingCase['message'] {
  return (words) => ({ body: joined(utf8(beforePrompt), bytes(...first), utf8(` ${words}${afterPrompt}`)) })
}

const unreadable = 'The Content-Type cannot be read, or names a parameter or itself twice. Send application/json.'
const charset = 'The charset of the body must be UTF-8. Send UTF-8 and say so, or say nothing.'
const notJson = 'This endpoint takes application/json.'

export const charsetSection: Section = {
  title: 'Charset and content type of JSON',
  failure: '12 a charset-labelled request body is inspected as noise',
  cases: [
    ...[
      'application/json; charset=utf-8',
      'Application/JSON;charset=UTF8',
      'application/json; charset="utf-8"',
      'application/json;',
      'application/json; version=1; charset=utf-8',
      'application/vnd.api+json',
    ].map((type): EncodingCase => ({ what: `\`${type}\``, message: label(type), outcome: inspected })),
    {
      what: 'No `Content-Type`',
      message: (words) => ({
        wire: `Content-Length: ${chatOf(words).length}\r\n\r\n${chatOf(words)}`,
        forwarded: chatOf(words),
      }),
      outcome: inspected,
    },
    { what: 'An empty `Content-Type`', message: label(''), outcome: inspected },
    ...[
      'application/json; charset=utf-16',
      'application/json; charset=utf-7',
      'application/json; charset=iso-8859-1',
      'application/json; charset=us-ascii',
      'application/json; charset="utf-16"',
    ].map((type): EncodingCase => ({ what: `\`${type}\``, message: label(type), outcome: refused(415, charset) })),
    ...[
      'application/json; charset=utf-8; charset=utf-16',
      'application/json; charset=utf-8; charset=utf-8',
      'application/json; charset=',
      'application/json; charset = utf-16',
      'application/json; charset="utf-8',
      "application/json; charset*=utf-8''utf-16",
      'application/json; charset=utf-8, text/plain',
      'application/json; x="\\"; charset=utf-16"',
    ].map((type): EncodingCase => ({ what: `\`${type}\``, message: label(type), outcome: refused(415, unreadable) })),
    ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b', 'application/jsonp'].map(
      (type): EncodingCase => ({ what: `\`${type}\``, message: label(type), outcome: refused(415, notJson) }),
    ),
    {
      what: '`Content-Type` twice, both `application/json`',
      message: (words) => ({
        headers: [
          ['content-type', 'application/json'],
          ['Content-Type', 'application/json'],
        ],
        body: chatOf(words),
      }),
      outcome: refused(415, unreadable),
    },
    {
      what: '`Content-Type` twice: `text/plain` and `application/x+json`',
      message: (words) => ({
        headers: [
          ['content-type', 'text/plain'],
          ['CONTENT-TYPE', 'application/x+json'],
        ],
        body: chatOf(words),
      }),
      outcome: refused(415, unreadable),
    },
  ],
}

const wideText = (name: string): string =>
  `The body looks like ${name}. JSON is sent in UTF-8 (RFC 8259, 8.1): send it so.`
const notUtf8 = `The body is not valid UTF-8: byte ${beforePrompt.length} (counted from 0) belongs to no character. Send UTF-8.`

export const characterSection: Section = {
  title: 'Characters',
  failure: 'law 2: what bytes stand for',
  cases: [
    {
      what: 'UTF-8 with a byte order mark',
      message: (words) => ({ body: `\ufeff${chatOf(words)}` }),
      outcome: refused(400, 'JSON begins with a byte order mark (line 1, column 1). Send it without.'),
    },
    {
      what: 'UTF-16, little end first, with a mark',
      message: (words) => ({ body: joined(bytes(0xff, 0xfe), wide(chatOf(words), 0, 1)) }),
      outcome: refused(400, wideText('UTF-16')),
    },
    {
      what: 'UTF-16, big end first, with a mark',
      message: (words) => ({ body: joined(bytes(0xfe, 0xff), wide(chatOf(words), 1, 0)) }),
      outcome: refused(400, wideText('UTF-16')),
    },
    {
      what: 'UTF-16 without a mark, little end first',
      message: (words) => ({ body: wide(chatOf(words), 0, 1) }),
      outcome: refused(400, wideText('UTF-16')),
    },
    {
      what: 'UTF-16 without a mark, big end first',
      message: (words) => ({ body: wide(chatOf(words), 1, 0) }),
      outcome: refused(400, wideText('UTF-16')),
    },
    {
      what: 'UTF-32, little end first, with a mark',
      message: (words) => ({ body: joined(bytes(0xff, 0xfe, 0, 0), wide(chatOf(words), 0, 3)) }),
      outcome: refused(400, wideText('UTF-32')),
    },
    {
      what: 'UTF-32 without a mark, big end first',
      message: (words) => ({ body: wide(chatOf(words), 3, 0) }),
      outcome: refused(400, wideText('UTF-32')),
    },
    {
      what: 'Escapes of UTF-7 (`+AGE-`) in UTF-8, which nobody undoes',
      message: (words) => ({ body: chatOf(`+AGE- ${words}`) }),
      outcome: inspected,
    },
    {
      what: 'UTF-7 throughout (`+AHs-` for a brace)',
      message: (words) => ({ body: chatOf(words).replaceAll('{', '+AHs-').replaceAll('}', '+AH0-') }),
      outcome: refused(400, 'JSON is not valid: expected a value at line 1, column 1'),
    },
    {
      what: 'A character of 2, 3 and 4 bytes',
      message: (words) => ({ body: chatOf(`é 語 😀 ${words}`) }),
      outcome: inspected,
    },
    {
      what: 'Noncharacters (U+FFFE, U+FFFF)',
      message: (words) => ({ body: chatOf(`\ufffe\uffff ${words}`) }),
      outcome: inspected,
    },
    {
      what: 'U+FFFD, the replacement character itself',
      message: (words) => ({ body: chatOf(`\ufffd ${words}`) }),
      outcome: inspected,
    },
    ...(
      [
        ['An overlong sequence (`C0 AE`)', [0xc0, 0xae]],
        ['An overlong sequence of three bytes (`E0 80 AF`)', [0xe0, 0x80, 0xaf]],
        ['NUL as `C0 80`', [0xc0, 0x80]],
        ['A surrogate as UTF-8 (`ED A0 80`)', [0xed, 0xa0, 0x80]],
        ['A pair of surrogates as UTF-8 (CESU-8)', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
        ['Beyond U+10FFFF (`F4 90 80 80`)', [0xf4, 0x90, 0x80, 0x80]],
        ['A lone continuation byte (`80`)', [0x80]],
        ['A sequence that breaks off (`E2 82`)', [0xe2, 0x82]],
        ['ISO 8859-1 (`E9`)', [0xe9]],
        ['A byte that never occurs (`FF`)', [0xff]],
      ] as const
    ).map(([what, first]): EncodingCase => ({ what, message: begun(...first), outcome: refused(400, notUtf8) })),
  ],
}
