import { chunks, frame } from '../answers.ts'
import type { AnswerCase, AnswerSection } from './answer-case.ts'
import { choice, done, events, frames, said } from './answer-text.ts'

export const shapeAnswers: AnswerSection = {
  title: 'JSON and streams of odd shapes',
  cases: [
    {
      what: 'A key twice',
      answer: (words) => ({ body: said(words).replace('{', '{"id":"x",') }),
      outcome: 'refused',
      notInspected: 'malformed-json',
    },
    {
      what: 'JSON with a comment',
      answer: (words) => ({ body: said(words).replace('{', '{/* c */') }),
      outcome: 'refused',
      notInspected: 'malformed-json',
    },
    {
      what: 'JSON that breaks off',
      answer: (words) => ({ body: said(words).slice(0, -1) }),
      outcome: 'refused',
      notInspected: 'malformed-json',
    },
    {
      what: 'Two JSON values',
      answer: (words) => ({ body: `{}\n${said(words)}` }),
      outcome: 'refused',
      notInspected: 'malformed-json',
    },
    {
      what: '513 lists within each other',
      answer: (words) => ({ body: `${'['.repeat(513)}"${words}"${']'.repeat(513)}` }),
      outcome: 'refused',
      notInspected: 'malformed-json',
    },
    { what: 'A string, a list', answer: (words) => ({ body: `["${words}"]` }), outcome: 'judged' },
    ...(
      [
        [
          '`message` for `delta`',
          (words) => `${choice(`{"index":0,"message":{"role":"assistant","content":"${words}"}}`)}${done}`,
        ],
        [
          'Frames after `[DONE]`',
          (words) => `${frames('nothing')}${choice(`{"index":0,"delta":{"content":" ${words}"}}`)}`,
        ],
        ['An index of 4e9', (words) => `${choice(`{"index":4e9,"delta":{"content":"${words}"}}`)}${done}`],
        ['A negative index', (words) => `${choice(`{"index":-1,"delta":{"content":"${words}"}}`)}${done}`],
        ['An index that is text', (words) => `${choice(`{"index":"0","delta":{"content":"${words}"}}`)}${done}`],
        ['No index', (words) => `${choice(`{"delta":{"content":"${words}"}}`)}${done}`],
        ['Choices that are no list', (words) => `data: {"choices":{"0":{"delta":{"content":"${words}"}}}}\n\n${done}`],
        ['A frame that is no JSON', (words) => `data: ${words}\n\n${done}`],
        [
          'A frame with a key twice',
          (words) => `${choice(`{"index":0,"delta":{"content":"${words}","content":"x"}}`)}${done}`,
        ],
        ['A frame of another event', (words) => `event: ping\ndata: {"note":"${words}"}\n\n${done}`],
        ['A comment', (words) => `: ${words}\n\n${frames('nothing')}`],
        ['A field nobody knows', (words) => `x: ${words}\n\n${frames('nothing')}`],
        [
          'A stream that ends without a blank line',
          (words) =>
            `${frame(chunks([{ content: 'a' }])[0] ?? null)}data: {"choices":[{"index":0,"delta":{"content":"${words}"}}]}`,
        ],
      ] as const satisfies readonly (readonly [string, (words: string) => string])[]
    ).flatMap(([what, body]): AnswerCase[] => [
      {
        what: `${what}, in a stream`,
        stream: true,
        answer: (words) => ({ type: events, body: body(words) }),
        outcome: 'observed',
      },
      {
        what: `${what}, in a stream nobody asked for`,
        answer: (words) => ({ type: events, body: body(words) }),
        outcome: 'judged',
      },
    ]),
  ],
}
