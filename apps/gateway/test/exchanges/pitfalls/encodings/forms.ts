import { type EncodingCase, inspected, type Message, refused, type Section } from './case.ts'

const path = '/v1/audio/transcriptions'
const type = 'multipart/form-data; boundary=b'

/** A part: its header lines, and what it holds. */
type Part = readonly [head: string, content: string]
const field = (name: string, value: string, more = ''): Part => [
  `Content-Disposition: form-data; name="${name}"${more}`,
  value,
]
const file: Part = field('file', '\u0000RIFF\r\n--', '; filename="a.wav"\r\nContent-Type: audio/wav')
const model = field('model', 'whisper-1')

interface Layout {
  readonly type?: string
  readonly boundary?: string
  readonly before?: string
  readonly after?: string
}

function form(
  parts: readonly Part[],
  { type: label = type, boundary = 'b', before = '', after }: Layout = {},
): Message {
  const body = parts.map(([head, content]) => `--${boundary}\r\n${head}\r\n\r\n${content}\r\n`).join('')
  return { path, headers: [['content-type', label]], body: `${before}${body}${after ?? `--${boundary}--\r\n`}` }
}

/** A form whose prompt these words are. */
const prompted = (layout: Layout = {}, more: readonly Part[] = []): EncodingCase['message'] => {
  return (words) => form([file, model, field('prompt', words), ...more], layout)
}
/** The same, with one part more. */
const withPart = (head: string, content = 'x'): EncodingCase['message'] => prompted({}, [[head, content]])
const withParts = (...parts: readonly Part[]): EncodingCase['message'] => prompted({}, parts)
const edited = (edit: (body: string) => string): EncodingCase['message'] => {
  return (words) => {
    const message = prompted()(words)
    return { ...message, body: edit(String(message.body)) }
  }
}

const malformed = (why: string): ReturnType<typeof refused> => refused(400, `The form is malformed: multipart: ${why}.`)
const disposition = 'Content-Disposition: form-data; name="x"'
const unreadable = 'the content type cannot be read, or names a parameter twice'

export const formSection: Section = {
  title: 'Forms: boundaries and layout',
  failure: '69 multipart extras: boundaries and layout',
  cases: [
    { what: 'A plain form', message: prompted(), outcome: inspected },
    {
      what: 'A boundary in quotes, with a space in it',
      message: prompted({ type: 'Multipart/Form-Data; boundary="a b"', boundary: 'a b' }),
      outcome: inspected,
    },
    {
      what: 'A boundary of 70 characters',
      message: prompted({ type: `multipart/form-data; boundary=${'b'.repeat(70)}`, boundary: 'b'.repeat(70) }),
      outcome: inspected,
    },
    {
      what: 'A boundary of 71 characters',
      message: prompted({ type: `multipart/form-data; boundary=${'b'.repeat(71)}`, boundary: 'b'.repeat(71) }),
      outcome: malformed('the boundary is not 1 to 70 of the characters of RFC 2046'),
    },
    {
      what: 'No boundary in the header',
      message: prompted({ type: 'multipart/form-data' }),
      outcome: malformed('the content type has no boundary'),
    },
    {
      what: 'Two boundaries in the header',
      message: prompted({ type: `${type}; boundary=c` }),
      outcome: malformed(unreadable),
    },
    {
      what: '`Content-Type` twice, with a boundary each',
      message: (words) => ({
        ...prompted()(words),
        headers: [
          ['content-type', type],
          ['Content-Type', 'multipart/form-data; boundary=c'],
        ],
      }),
      outcome: malformed(unreadable),
    },
    {
      what: '`boundary*=`',
      message: prompted({ type: "multipart/form-data; boundary*=utf-8''b" }),
      outcome: malformed('the boundary is given in an extended form'),
    },
    {
      what: 'A backslash in the boundary',
      message: prompted({ type: 'multipart/form-data; boundary="\\b"' }),
      outcome: malformed(unreadable),
    },
    {
      what: 'A boundary that does not stand in the body',
      message: prompted({ type: 'multipart/form-data; boundary=other' }),
      outcome: malformed('the boundary does not stand in the body'),
    },
    {
      what: '`charset=utf-8` beside the boundary',
      message: prompted({ type: `${type}; charset=utf-8` }),
      outcome: inspected,
    },
    {
      what: '`charset=utf-16` beside the boundary',
      message: prompted({ type: `${type}; charset=utf-16` }),
      outcome: malformed('the charset is not utf-8'),
    },
    {
      what: '`multipart/mixed`',
      message: prompted({ type: 'multipart/mixed; boundary=b' }),
      outcome: refused(415, 'This endpoint takes multipart/form-data.'),
    },
    {
      what: 'JSON where a form is taken',
      message: () => ({ path, body: '{}' }),
      outcome: refused(415, 'This endpoint takes multipart/form-data.'),
    },
    {
      what: 'A blank line before and after',
      message: prompted({ before: '\r\n', after: '--b--\r\n\r\n' }),
      outcome: inspected,
    },
    {
      what: 'A preamble',
      message: prompted({ before: 'preamble\r\n' }),
      outcome: malformed('there is text before the first boundary'),
    },
    {
      what: 'An epilogue',
      message: prompted({ after: '--b--\r\nepilogue' }),
      outcome: malformed('there is text after the last boundary'),
    },
    {
      what: 'A second form behind the first',
      message: (words) => ({ ...prompted()(words), body: String(prompted()(words).body).repeat(2) }),
      outcome: malformed('there is text after the last boundary'),
    },
    {
      what: 'No final boundary',
      message: prompted({ after: '' }),
      outcome: malformed('the final boundary is missing'),
    },
    {
      what: 'A final boundary that breaks off',
      message: prompted({ after: '--b-' }),
      outcome: malformed('boundary 4 does not end its line'),
    },
    {
      what: 'Lines that end in LF alone',
      message: edited((body) => body.replaceAll('\r\n', '\n')),
      outcome: malformed('boundary 1 does not end its line'),
    },
    {
      what: 'A boundary that begins no line',
      message: edited((body) => body.replace('\r\n--b--', '--b--')),
      outcome: malformed('boundary 4 does not begin a line'),
    },
    {
      what: 'A space behind a boundary',
      message: edited((body) => body.replace('--b\r\n', '--b \r\n')),
      outcome: malformed('boundary 1 does not end its line'),
    },
    { what: 'No part', message: () => form([]), outcome: malformed('there is no part') },
    {
      what: '129 parts',
      message: withParts(...Array.from({ length: 126 }, (_, at) => field(`x${at}`, 'x'))),
      outcome: malformed('there are more than 128 parts'),
    },
  ],
}

export const partSection: Section = {
  title: 'Forms: parts',
  failure: '69 multipart extras: parts',
  cases: [
    {
      what: 'Two `model` fields',
      message: withParts(model),
      outcome: refused(400, 'A field of the form is sent twice.'),
    },
    {
      what: '`model` and `Model`',
      message: withParts(field('Model', 'whisper-1')),
      outcome: refused(400, 'A field of the form is sent twice.'),
    },
    {
      what: '`model` and `model[]`',
      message: withParts(field('model[]', 'whisper-1')),
      outcome: refused(400, 'A field of the form is sent twice.'),
    },
    { what: 'Two files', message: withParts(file), outcome: refused(400, 'A field of the form is sent twice.') },
    {
      what: 'A list, sent again and again as `x[]`',
      message: (words) => form([file, model, field('x[]', words), field('x[]', 'b')]),
      outcome: inspected,
    },
    { what: 'An empty field', message: withParts(field('x', '')), outcome: inspected },
    {
      what: 'A field of another name',
      message: (words) => form([file, model, field('tomorrow', words)]),
      outcome: inspected,
    },
    {
      what: 'The words in the name of a field',
      message: (words) => form([file, model, field(words, 'x')]),
      outcome: inspected,
    },
    {
      what: 'The words in the name of a file',
      message: (words) => form([model, field('file', 'RIFF', `; filename="${words}.wav"`)]),
      outcome: inspected,
    },
    {
      what: '`filename*` beside `filename`, the words in the one',
      message: (words) =>
        form([model, field('file', 'RIFF', `; filename="a.wav"; filename*=UTF-8''na%C3%AFve%20${words}.wav`)]),
      outcome: inspected,
    },
    {
      what: '`filename*` beside `filename`, the words in the other',
      message: (words) => form([model, field('file', 'RIFF', `; filename="${words}.wav"; filename*=UTF-8''a.wav`)]),
      outcome: inspected,
    },
    {
      what: '`filename*` in ISO 8859-1',
      message: withPart(`${disposition}; filename*=iso-8859-1''%E9`),
      outcome: malformed('part 4 has a filename* that is not in UTF-8 or cannot be read'),
    },
    {
      what: 'A name without quotes',
      message: (words) => form([file, model, ['Content-Disposition: form-data; name=prompt', words]]),
      outcome: inspected,
    },
    {
      what: 'Header names in whatever case',
      message: (words) => form([file, model, ['cONTENT-dISPOSITION: form-data; NAME="prompt"', words]]),
      outcome: inspected,
    },
    {
      what: '`name` twice in one part',
      message: withPart(`${disposition}; name="model"`),
      outcome: malformed('part 4 has a Content-Disposition that cannot be read, or that names a parameter twice'),
    },
    {
      what: '`name*`',
      message: withPart(`${disposition}; name*=utf-8''model`),
      outcome: malformed('part 4 has its name in an extended form'),
    },
    {
      what: 'A percent sign in a name',
      message: withPart('Content-Disposition: form-data; name="mod%65l"'),
      outcome: malformed('part 4 has a percent sign in its name'),
    },
    {
      what: 'A quote after a backslash',
      message: withPart('Content-Disposition: form-data; name="a\\"b"'),
      outcome: malformed('part 4 has a Content-Disposition that cannot be read, or that names a parameter twice'),
    },
    { what: 'No name', message: withPart('Content-Disposition: form-data'), outcome: malformed('part 4 has no name') },
    {
      what: 'No `Content-Disposition`',
      message: withPart('Content-Type: text/plain'),
      outcome: malformed('part 4 has no Content-Disposition'),
    },
    {
      what: '`Content-Disposition` twice',
      message: withPart(`${disposition}\r\n${disposition}`),
      outcome: malformed('part 4 has a header twice'),
    },
    {
      what: '`attachment` in place of `form-data`',
      message: withPart('Content-Disposition: attachment; name="x"'),
      outcome: malformed('part 4 is not of the disposition form-data'),
    },
    {
      what: 'Another parameter of `Content-Disposition`',
      message: withPart(`${disposition}; size=1`),
      outcome: malformed('part 4 has a Content-Disposition parameter other than name, filename and filename*'),
    },
    ...['base64', 'quoted-printable', 'binary'].map(
      (coding): EncodingCase => ({
        what: `\`Content-Transfer-Encoding: ${coding}\` of a part`,
        message: withPart(`${disposition}\r\nContent-Transfer-Encoding: ${coding}`),
        outcome: malformed('part 4 has a Content-Transfer-Encoding, which form data must not have'),
      }),
    ),
    {
      what: '`Content-Encoding` of a part',
      message: withPart(`${disposition}\r\nContent-Encoding: gzip`),
      outcome: malformed('part 4 has a header other than Content-Disposition, Content-Type and Content-Length'),
    },
    {
      what: 'A header folded over two lines',
      message: withPart('Content-Disposition: form-data;\r\n name="x"'),
      outcome: malformed('part 4 has a header line that cannot be read'),
    },
    {
      what: 'A space before a colon',
      message: withPart('Content-Disposition : form-data; name="x"'),
      outcome: malformed('part 4 has a header line that cannot be read'),
    },
    {
      what: 'A part that is `multipart/mixed`',
      message: withPart(`${disposition}\r\nContent-Type: multipart/mixed; boundary=c`, '--c\r\n\r\nx\r\n--c--'),
      outcome: malformed('part 4 is itself multipart'),
    },
    {
      what: 'A part that is `message/rfc822`',
      message: withPart(`${disposition}\r\nContent-Type: message/rfc822`),
      outcome: malformed('part 4 is itself multipart'),
    },
    {
      what: 'A field of `charset=utf-8`',
      message: (words) =>
        form([
          file,
          model,
          ['Content-Disposition: form-data; name="prompt"\r\nContent-Type: text/plain; charset=UTF-8', words],
        ]),
      outcome: inspected,
    },
    {
      what: 'A field of `charset=utf-16`',
      message: withPart(`${disposition}\r\nContent-Type: text/plain; charset=utf-16`),
      outcome: malformed('part 4 is a field in a charset other than utf-8'),
    },
    {
      what: 'A field `_charset_` that says `iso-8859-1`',
      message: withParts(field('_charset_', 'iso-8859-1')),
      outcome: malformed('part 4 asks for a charset other than utf-8'),
    },
    {
      what: 'A field that is not UTF-8',
      message: (words) => ({
        ...prompted()(words),
        body: new Uint8Array(Buffer.from(String(prompted({}, [field('x', '\u00e9')])(words).body), 'latin1')),
      }),
      outcome: malformed('part 4 is a field that is not UTF-8'),
    },
    {
      what: 'A true `Content-Length` of a part',
      message: (words) =>
        form([
          file,
          model,
          [`Content-Disposition: form-data; name="prompt"\r\nContent-Length: ${words.length}`, words],
        ]),
      outcome: inspected,
    },
    {
      what: 'A false `Content-Length` of a part',
      message: withPart(`${disposition}\r\nContent-Length: 5`),
      outcome: malformed('part 4 has a Content-Length that is not its length'),
    },
    {
      what: 'A part without an empty line',
      message: edited((body) => body.replace('--b--', `--b\r\n${disposition}\r\n--b--`)),
      outcome: malformed('part 4 has no header of at most 8192 bytes that ends with an empty line'),
    },
  ],
}
