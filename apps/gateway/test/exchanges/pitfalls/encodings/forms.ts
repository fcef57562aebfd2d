import { inspected, refused, type Section } from './case.ts'
import { edited, field, form, malformed, path, prompted, type, unreadable, withParts } from './form.ts'

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
