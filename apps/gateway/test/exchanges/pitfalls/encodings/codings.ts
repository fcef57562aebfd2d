import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { chatOf, type EncodingCase, inspected, type Message, refused, type Section } from './case.ts'

type Encode = (bytes: Uint8Array) => Uint8Array

const gzip: Encode = (bytes) => gzipSync(bytes)
const zlib: Encode = (bytes) => deflateSync(bytes)
// The best quality takes seconds for a bomb.
const br: Encode = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
const zstd: Encode = (bytes) => zstdCompressSync(bytes)
const codings = { gzip, deflate: zlib, br, zstd } as const
type Coding = keyof typeof codings
const names: readonly Coding[] = ['gzip', 'deflate', 'br', 'zstd']

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))
const plain = (words: string): Uint8Array => utf8(chatOf(words))

/** A body coded so, under this label, is forwarded decoded. */
function coded(label: string, encode: Encode): EncodingCase['message'] {
  return (words) => ({ ...labelled(label, encode(plain(words))), forwarded: plain(words) })
}

function labelled(label: string, body: Uint8Array): Message {
  return { headers: [['content-encoding', label]], body }
}

function notWhole(coding: Coding): string {
  const means = coding === 'deflate' ? ' (zlib, RFC 1950)' : ''
  return `The body is not exactly one whole stream of ${coding}${means}, as Content-Encoding says: it is damaged, cut short, or more follows. Send one stream, or the body plain.`
}

const unknown = 'Content-Encoding must be gzip, deflate, br, zstd or identity. Send the body so, or plain.'
const tooMany = 'The body has more than 2 content codings. Send it with one, or plain.'
const tooLarge = 'The body is over the limit of 33554432 bytes when decoded.'

const each = (build: (coding: Coding, encode: Encode) => EncodingCase): EncodingCase[] =>
  names.map((coding) => build(coding, codings[coding]))

const fullGzipHeader = new Uint8Array([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 65, 66, 78, 0, 67, 0, 1, 2])
const skippableFrame = new Uint8Array([0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 0])

export const codingSection: Section = {
  title: 'Content codings',
  failure: '72 a coded body is read differently by two decoders',
  cases: [
    ...each((coding, encode) => ({
      what: `\`${coding}\`: one whole stream`,
      message: coded(coding, encode),
      outcome: inspected,
    })),
    { what: '`x-gzip`, `GZIP`', message: coded('X-GZIP', gzip), outcome: inspected },
    {
      what: '`gzip` with every optional field of its header',
      message: coded('gzip', (bytes) => joined(fullGzipHeader, gzip(bytes).subarray(10))),
      outcome: inspected,
    },
    {
      what: '`deflate` that is raw (RFC 1951)',
      message: coded('deflate', (bytes) => deflateRawSync(bytes)),
      outcome: refused(415, notWhole('deflate')),
    },
    {
      what: '`deflate` with a preset dictionary',
      message: coded('deflate', (bytes) => deflateSync(bytes, { dictionary: utf8('messages') })),
      outcome: refused(415, notWhole('deflate')),
    },
    ...each((coding, encode) => ({
      what: `\`${coding}\`: two members or frames`,
      message: coded(coding, (bytes) => joined(encode(bytes.subarray(0, 9)), encode(bytes.subarray(9)))),
      outcome: refused(415, notWhole(coding)),
    })),
    ...each((coding, encode) => ({
      what: `\`${coding}\`: a second member that is empty`,
      message: coded(coding, (bytes) => joined(encode(bytes), encode(new Uint8Array()))),
      outcome: refused(415, notWhole(coding)),
    })),
    ...each((coding, encode) => ({
      what: `\`${coding}\`: a byte after the end`,
      message: coded(coding, (bytes) => joined(encode(bytes), new Uint8Array(1))),
      outcome: refused(415, notWhole(coding)),
    })),
    ...each((coding, encode) => ({
      what: `\`${coding}\`: cut short`,
      message: coded(coding, (bytes) => encode(bytes).subarray(0, -1)),
      outcome: refused(415, notWhole(coding)),
    })),
    {
      what: '`gzip`: a wrong checksum',
      message: coded('gzip', (bytes) => gzip(bytes).map((byte, at, all) => (at === all.length - 8 ? byte ^ 1 : byte))),
      outcome: refused(415, notWhole('gzip')),
    },
    {
      what: '`zstd` behind a skippable frame',
      message: coded('zstd', (bytes) => joined(skippableFrame, zstd(bytes))),
      outcome: refused(415, notWhole('zstd')),
    },
    ...each((coding) => ({
      what: `\`${coding}\` said of a body that is not`,
      message: (words) => labelled(coding, plain(words)),
      outcome: refused(415, notWhole(coding)),
    })),
    {
      what: 'A coded body that no header says is coded',
      message: (words) => ({ body: gzip(plain(words)) }),
      outcome: refused(
        400,
        'The body is not valid UTF-8: byte 1 (counted from 0) belongs to no character. Send UTF-8.',
      ),
    },
    {
      what: 'A body that is not UTF-8 once decoded',
      message: (words) => labelled('gzip', gzip(joined(utf8('{"'), new Uint8Array([0xff]), plain(words)))),
      outcome: refused(
        400,
        'The body is not valid UTF-8: byte 2 (counted from 0) belongs to no character. Send UTF-8.',
      ),
    },
    {
      what: 'An empty body said to be `gzip`',
      message: () => labelled('gzip', new Uint8Array()),
      outcome: refused(415, notWhole('gzip')),
    },
  ],
}

const stacked: readonly (readonly [first: Coding, second: Coding])[] = [
  ['gzip', 'br'],
  ['br', 'gzip'],
  ['gzip', 'gzip'],
  ['deflate', 'zstd'],
  ['zstd', 'deflate'],
]

export const codingListSection: Section = {
  title: 'Lists of codings',
  failure: '12 a compressed request body is inspected as noise: lists of codings',
  cases: [
    ...stacked.map(
      ([first, second]): EncodingCase => ({
        what: `\`${first}, ${second}\``,
        message: coded(`${first}, ${second}`, (bytes) => codings[second](codings[first](bytes))),
        outcome: inspected,
      }),
    ),
    {
      what: '`Content-Encoding` twice: `gzip` and `br`',
      message: (words) => ({
        headers: [
          ['content-encoding', 'gzip'],
          ['Content-Encoding', 'br'],
        ],
        body: br(gzip(plain(words))),
        forwarded: plain(words),
      }),
      outcome: inspected,
    },
    { what: '`gzip, identity`', message: coded('gzip, identity', gzip), outcome: inspected },
    {
      what: '`gzip, br` applied in the other order',
      message: coded('gzip, br', (bytes) => gzip(br(bytes))),
      outcome: refused(415, notWhole('br')),
    },
    {
      what: '`gzip, gzip, gzip`',
      message: coded('gzip, gzip, gzip', (bytes) => gzip(gzip(gzip(bytes)))),
      outcome: refused(415, tooMany),
    },
    { what: '`identity`', message: (words) => labelled('identity', plain(words)), outcome: inspected },
    { what: 'An empty list: `Content-Encoding:`', message: (words) => labelled('', plain(words)), outcome: inspected },
    { what: 'A list of nothing: `,`', message: (words) => labelled(' , ', plain(words)), outcome: inspected },
    ...['compress', 'aws-chunked', 'snappy', 'utf-8', 'gzip;q=1', 'gzip br', '"gzip"', 'gzip, x', 'none'].map(
      (label): EncodingCase => ({
        what: `\`${label}\``,
        message: (words) => labelled(label, plain(words)),
        outcome: refused(415, unknown),
      }),
    ),
  ],
}

/** One byte more than a body may have: made once, for it takes its time. */
const bombs = new Map<string, Uint8Array>()
function bomb(key: string, encode: Encode): Uint8Array {
  const known = bombs.get(key) ?? encode(new Uint8Array(33_554_433).fill(0x20))
  bombs.set(key, known)
  return known
}

export const bombSection: Section = {
  title: 'Bombs',
  failure: '12 a compressed request body is inspected as noise: bombs',
  cases: [
    ...each((coding, encode) => ({
      what: `\`${coding}\` of 32 MB and a byte`,
      message: () => labelled(coding, bomb(coding, encode)),
      outcome: refused(413, tooLarge),
    })),
    ...stacked.map(
      ([first, second]): EncodingCase => ({
        what: `\`${first}, ${second}\` of 32 MB and a byte`,
        message: () => labelled(`${first}, ${second}`, codings[second](bomb(first, codings[first]))),
        outcome: refused(413, tooLarge),
      }),
    ),
    {
      what: '`gzip, br` of which only what lies between is too large',
      message: () => labelled('gzip, br', bomb('between', br)),
      outcome: refused(413, tooLarge),
    },
    {
      what: 'A body of 32 MB and a byte as it came',
      message: () => ({ body: new Uint8Array(33_554_433).fill(0x20) }),
      outcome: refused(413, 'The body is over the limit of 33554432 bytes.'),
    },
  ],
}
