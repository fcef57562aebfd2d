import { type EncodingCase, inspected, refused, type Section } from './case.ts'
import { disposition, edited, field, file, form, malformed, model, prompted, withPart, withParts } from './form.ts'

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
      what: '`prompt` as a file',
      message: (words) => form([file, model, field('prompt', words, '; filename="p.txt"')]),
      outcome: malformed('part 3 is a file where a field must be'),
    },
    {
      what: '`prompt` as a file by `filename*` alone',
      message: (words) => form([file, model, field('prompt', words, "; filename*=UTF-8''p.txt")]),
      outcome: malformed('part 3 is a file where a field must be'),
    },
    {
      what: '`file` without a filename',
      message: (words) => form([field('file', words), model]),
      outcome: malformed('part 1 is a field where a file must be'),
    },
    {
      what: 'A file of another name that is UTF-8',
      message: (words) => form([file, model, field('tomorrow', words, '; filename="t.txt"')]),
      outcome: inspected,
    },
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
