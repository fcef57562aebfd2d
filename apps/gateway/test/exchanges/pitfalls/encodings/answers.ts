import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { AnswerCase, AnswerSection } from './answer-case.ts'
import { shapeAnswers } from './answer-shapes.ts'
import { choice, done, error, events, frames, inEscapes, said } from './answer-text.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'))
const mark16 = new Uint8Array([0xff, 0xfe])

export const labelSection: AnswerSection = {
  title: 'Labels that lie',
  cases: [
    {
      what: 'Events labelled JSON, where none were asked for',
      answer: (words) => ({ body: frames(words) }),
      outcome: 'judged',
    },
    {
      what: 'Events labelled JSON, where a stream was asked for',
      stream: true,
      answer: (words) => ({ body: frames(words) }),
      outcome: 'judged',
    },
    {
      what: 'Events, where none were asked for',
      answer: (words) => ({ type: events, body: frames(words) }),
      outcome: 'judged',
    },
    {
      what: 'JSON labelled events, where none were asked for',
      answer: (words) => ({
        type: events,
        body: said('|').replace('|', inEscapes(words)),
      }),
      outcome: 'judged',
    },
    {
      what: 'JSON labelled events, where a stream was asked for',
      stream: true,
      answer: (words) => ({
        type: events,
        body: said('|').replace('|', inEscapes(words)),
      }),
      outcome: 'observed',
    },
    {
      what: 'Text labelled events, where a stream was asked for',
      stream: true,
      answer: (words) => ({ type: events, body: `upstream said ${words}\n` }),
      outcome: 'observed',
    },
    ...[
      ['Events behind a blank line', '\n'],
      ['Events behind a field that nobody knows', 'x: y\r\n'],
      ['Events behind a mark and a comment', '\ufeff: c\n'],
    ].map(
      ([what, before]): AnswerCase => ({
        what: `${what}, labelled text, where a stream was asked for`,
        stream: true,
        answer: (words) => ({
          type: 'text/plain',
          body: `${before}${choice(`{"index":0,"delta":{"content":"${inEscapes(words)}"}}`)}${done}`,
        }),
        outcome: 'judged',
      }),
    ),
    {
      what: 'JSON labelled text',
      answer: (words) => ({ type: 'text/plain', body: `{"error":"${inEscapes(words)}"}` }),
      outcome: 'judged',
    },
    { what: 'JSON without a label', answer: (words) => ({ type: '', body: said(words) }), outcome: 'judged' },
    {
      what: 'JSON labelled as an image',
      answer: (words) => ({ type: 'image/png', body: said(words) }),
      outcome: 'judged',
    },
    {
      what: 'Text labelled JSON',
      answer: (words) => ({ body: `upstream said ${words}` }),
      outcome: 'refused',
      notInspected: 'malformed-json',
    },
    {
      what: 'HTML in a 502',
      answer: (words) => ({ status: 502, type: 'text/html', body: `<h1>${words}</h1>` }),
      outcome: 'judged',
    },
    {
      what: 'An error of 400, streamed or not',
      stream: true,
      answer: (words) => ({ status: 400, body: error(words) }),
      outcome: 'judged',
    },
    {
      what: 'An error of 500, labelled text',
      answer: (words) => ({ status: 500, type: 'text/plain', body: error(inEscapes(words)) }),
      outcome: 'judged',
    },
    {
      what: 'An error as an event, with 429',
      stream: true,
      answer: (words) => ({ status: 429, type: events, body: `event: error\ndata: ${error(words)}\n\n` }),
      outcome: 'observed',
    },
  ],
}

export const charsetAnswers: AnswerSection = {
  title: 'Charsets and characters',
  cases: [
    {
      what: '`charset=utf-16`, said of UTF-8',
      answer: (words) => ({ type: 'application/json; charset=utf-16', body: said(words) }),
      outcome: 'refused',
      notInspected: 'charset',
    },
    {
      what: 'UTF-16 text with its mark, labelled so',
      answer: (words) => ({ type: 'text/plain; charset=utf-16', body: joined(mark16, utf16(words)) }),
      outcome: 'refused',
      notInspected: 'binary',
    },
    {
      what: 'UTF-16 text without its mark, labelled so',
      answer: (words) => ({ type: 'text/plain; charset=utf-16le', body: utf16(words) }),
      outcome: 'refused',
      notInspected: 'charset',
    },
    {
      what: 'UTF-16 text without its mark, labelled text',
      answer: (words) => ({ type: 'text/plain', body: utf16(words) }),
      outcome: 'refused',
      notInspected: 'binary',
    },
    {
      what: 'UTF-16 JSON without its mark, labelled JSON',
      answer: (words) => ({ body: utf16(said(words)) }),
      outcome: 'refused',
      notInspected: 'malformed-json',
    },
    {
      what: '`charset=iso-8859-1`, and nothing but ASCII',
      answer: (words) => ({ status: 503, type: 'text/html; charset=iso-8859-1', body: `<h1>${words}</h1>` }),
      outcome: 'judged',
    },
    {
      what: '`charset=iso-8859-1`, and more than ASCII',
      answer: (words) => ({ type: 'text/plain; charset=iso-8859-1', body: `é ${words}` }),
      outcome: 'refused',
      notInspected: 'charset',
    },
    {
      what: '`charset=utf-16`, said of a stream',
      stream: true,
      answer: (words) => ({ type: `${events}; charset=utf-16`, body: frames(words) }),
      outcome: 'observed',
      notInspected: 'charset',
    },
    { what: 'JSON behind a byte order mark', answer: (words) => ({ body: `\ufeff${said(words)}` }), outcome: 'judged' },
    {
      what: 'JSON behind a byte order mark, labelled text',
      answer: (words) => ({ type: 'text/plain', body: `\ufeff{"error":"${inEscapes(words)}"}` }),
      outcome: 'judged',
    },
    {
      what: 'A stream behind a byte order mark',
      stream: true,
      answer: (words) => ({ type: events, body: `\ufeff${frames(words)}` }),
      outcome: 'observed',
    },
    {
      what: 'Bytes that are not UTF-8, in JSON',
      answer: (words) => ({ body: joined(utf8(said(words)), new Uint8Array([0xff])) }),
      outcome: 'refused',
      notInspected: 'binary',
    },
    {
      what: 'Half a surrogate pair in the middle of a word',
      answer: (words) => ({ body: said(`${words.slice(0, 6)}|${words.slice(6)}`).replace('|', '\\ud83d') }),
      outcome: 'judged',
    },
    {
      what: 'A surrogate pair cut between two frames',
      stream: true,
      answer: (words) => ({
        type: events,
        body: `${choice('{"index":0,"delta":{"content":"\\ud83d"}}')}${choice(`{"index":0,"delta":{"content":"\\ude00 ${words}"}}`)}${done}`,
      }),
      outcome: 'observed',
    },
  ],
}

export const codingAnswers: AnswerSection = {
  title: 'Codings',
  cases: [
    {
      what: 'A coding nobody reads',
      answer: (words) => ({ headers: { 'content-encoding': 'compress' }, body: said(words) }),
      outcome: 'refused',
      notInspected: 'encoding',
    },
    {
      what: '`gzip`, said of a body that is not',
      answer: (words) => ({ headers: { 'content-encoding': 'gzip' }, body: said(words) }),
      outcome: 'refused',
      notInspected: 'encoding',
    },
    {
      what: 'Two members of gzip',
      answer: (words) => ({
        headers: { 'content-encoding': 'gzip' },
        body: joined(gzipSync('{}'), gzipSync(said(words))),
      }),
      outcome: 'refused',
      notInspected: 'encoding',
    },
    {
      what: '`gzip, br`',
      answer: (words) => ({
        headers: { 'content-encoding': 'gzip, br' },
        body: new Uint8Array(brotliCompressSync(gzipSync(said(words)))),
      }),
      outcome: 'judged',
    },
    {
      what: 'A coding nobody reads, of a stream',
      stream: true,
      answer: (words) => ({ type: events, headers: { 'content-encoding': 'compress' }, body: frames(words) }),
      outcome: 'observed',
      notInspected: 'encoding',
    },
    {
      what: 'A gzipped body that no header says is',
      answer: (words) => ({ body: new Uint8Array(gzipSync(said(words))) }),
      outcome: 'refused',
      notInspected: 'binary',
    },
  ],
}

export const answerSections: readonly AnswerSection[] = [labelSection, charsetAnswers, codingAnswers, shapeAnswers]
