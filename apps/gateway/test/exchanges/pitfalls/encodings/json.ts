import { chatOf, type EncodingCase, inspected, refused, type Section } from './case.ts'

/** A body that begins with this member. */
const member = (text: string): EncodingCase['message'] => {
  return (words) => ({ body: chatOf(words).replace('{', () => `{${text},`) })
}
/** The same, with the words in the member and nowhere else. */
const memberOf = (text: (words: string) => string): EncodingCase['message'] => {
  return (words) => ({ body: `${chatOf('hi').slice(0, -1)},${text(words)}}` })
}
const whole = (text: (chat: string) => string): EncodingCase['message'] => {
  return (words) => ({ body: text(chatOf(words)) })
}
/** The place of what stands so many characters behind the beginning of such a member. */
const column = (behind: number): string => `line 1, column ${behind + 2}`

const invalid = (expected: string, place: string, rule?: string): ReturnType<typeof refused> =>
  refused(400, `JSON is not valid: expected ${expected} at ${place}${rule ? `. JSON ${rule}.` : ''}`)
const twice = (key: string, place: string): ReturnType<typeof refused> =>
  refused(400, `JSON has the key "${key}" twice in one object, the second time at ${place}`)
const nested = (depth: number, inside: string): string => '['.repeat(depth) + inside + ']'.repeat(depth)

export const syntaxSection: Section = {
  title: 'JSON that is none',
  failure: 'law 2: JSON that some readers take',
  cases: [
    {
      what: 'A comment: `/* */`',
      message: member('"x":/* c */1'),
      outcome: invalid('a value', column(4), 'has no comments'),
    },
    {
      what: 'A comment: `//`',
      message: whole((chat) => `// c\n${chat}`),
      outcome: invalid('a value', 'line 1, column 1', 'has no comments'),
    },
    {
      what: 'A comment: `#`',
      message: whole((chat) => `${chat}\n# c`),
      outcome: invalid('the end', 'line 2, column 1', 'has no comments'),
    },
    {
      what: 'A comma too many, in an object',
      message: member('"x":{"a":1,}'),
      outcome: invalid('a member name in double quotes', column(11), 'has no comma before an end'),
    },
    {
      what: 'A comma too many, in a list',
      message: member('"x":[1,]'),
      outcome: invalid('a value', column(7), 'has no comma before an end'),
    },
    ...['NaN', 'Infinity', '-Infinity', 'undefined', 'None', 'True'].map(
      (word): EncodingCase => ({
        what: `\`${word}\``,
        message: member(`"x":${word}`),
        outcome: invalid('a value', column(4), 'knows no such word: send null, true, false, or a string'),
      }),
    ),
    {
      what: 'Single quotes',
      message: member("'x':1"),
      outcome: invalid('a member name in double quotes', column(0), 'takes double quotes only'),
    },
    {
      what: 'A name without quotes',
      message: member('x:1'),
      outcome: invalid('a member name in double quotes', column(0)),
    },
    ...['+1', '.5'].map(
      (number): EncodingCase => ({
        what: `A number spelled \`${number}\``,
        message: member(`"x":${number}`),
        outcome: invalid('a value', column(4)),
      }),
    ),
    ...['01', '1.', '0x1F', '1_000', '1e'].map(
      (number): EncodingCase => ({
        what: `A number spelled \`${number}\``,
        message: member(`"x":${number}`),
        outcome: invalid("',' or '}'", column(5)),
      }),
    ),
    {
      what: 'A line break in a string',
      message: member('"x":"a\nb"'),
      outcome: invalid('control characters to be escaped', column(6)),
    },
    {
      what: 'NUL in a string',
      message: member('"x":"a\u0000b"'),
      outcome: invalid('control characters to be escaped', column(6)),
    },
    {
      what: 'NUL after the end',
      message: whole((chat) => `${chat}\n\u0000`),
      outcome: invalid('the end', 'line 2, column 1'),
    },
    {
      what: 'An escape that JSON has not: `\\x41`',
      message: member('"x":"\\x41"'),
      outcome: invalid('a JSON escape', column(5)),
    },
    {
      what: 'A no-break space between values',
      message: member('\u00a0"x":1'),
      outcome: invalid('a member name in double quotes', column(0)),
    },
    { what: 'Two values', message: whole((chat) => `{}${chat}`), outcome: invalid('the end', 'line 1, column 3') },
    {
      what: 'Two values, one a line',
      message: whole((chat) => `${chat}\n${chat}`),
      outcome: invalid('the end', 'line 2, column 1'),
    },
    { what: 'No body', message: () => ({ body: '' }), outcome: refused(400, 'JSON is empty') },
    { what: 'Spaces only', message: () => ({ body: ' \n' }), outcome: refused(400, 'JSON is empty') },
    {
      what: 'A body where none is taken',
      message: (words) => ({ method: 'GET', path: '/v1/models', body: chatOf(words) }),
      outcome: refused(400, 'This endpoint takes no body.'),
    },
    { what: 'A list', message: whole((chat) => `[${chat}]`), outcome: refused(400, 'The body must be a JSON object.') },
    {
      what: 'JSON in a string',
      message: whole((chat) => JSON.stringify(chat)),
      outcome: refused(400, 'The body must be a JSON object.'),
    },
    {
      what: 'A text that breaks off',
      message: whole((chat) => `${chat.slice(0, -1)}\n`),
      outcome: invalid("',' or '}'", 'line 2, column 1 (the end)'),
    },
  ],
}

const spelledInEscapes = (words: string): string =>
  [...words].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

export const valueSection: Section = {
  title: 'JSON with odd values',
  failure: 'law 2: JSON with odd values',
  cases: [
    {
      what: 'Spaces, tabs and line breaks around and within',
      message: whole((chat) => ` \t\r\n${chat.replaceAll(':', ' :\n')} \n\n`),
      outcome: inspected,
    },
    {
      what: 'A string spelled in escapes',
      message: (words) => ({ body: chatOf(spelledInEscapes(words)) }),
      outcome: inspected,
    },
    { what: '`\\u0000` in a string', message: (words) => ({ body: chatOf(`a\\u0000${words}`) }), outcome: inspected },
    {
      what: 'Numbers that a double does not hold',
      message: member('"x":[12345678901234567890,1e400,-0,1.0,0.1000000000000000055511151231257827]'),
      outcome: inspected,
    },
    {
      what: '510 lists within each other, and text in the innermost',
      message: memberOf((words) => `"x":${nested(510, `"${words}"`)}`),
      outcome: inspected,
    },
    {
      what: '10,000 lists within each other',
      message: memberOf((words) => `"x":${nested(10_000, `"${words}"`)}`),
      outcome: refused(400, 'JSON is nested deeper than 512 levels'),
    },
    {
      what: '10,000 brackets within a string',
      message: memberOf((words) => `"x":"${nested(10_000, words)}"`),
      outcome: inspected,
    },
    {
      what: 'A string of 30 MB, and text at its end',
      message: (words) => ({ body: chatOf(`${'lorem ipsum '.repeat(2_500_000)} ${words}`) }),
      outcome: inspected,
    },
    {
      what: 'Half a surrogate pair (`\\ud83d`) in a string',
      message: (words) => ({ body: chatOf(`a \\ud83d ${words}`) }),
      outcome: inspected,
    },
    {
      what: 'Half a surrogate pair in the middle of a word, which some readers drop',
      message: (words) => ({ body: chatOf(`${words.slice(0, 6)}\\ude00${words.slice(6)}`) }),
      outcome: inspected,
    },
    {
      what: 'Half a surrogate pair in a name',
      message: member('"mod\\ud83del":1'),
      outcome: refused(400, `JSON has a name with half a surrogate pair at ${column(0)}`),
    },
    {
      what: 'A whole pair, spelled in escapes',
      message: (words) => ({ body: chatOf(`\\ud83d\\ude00 ${words}`) }),
      outcome: inspected,
    },
  ],
}

export const nameSection: Section = {
  title: 'Names in JSON',
  failure: '13 a key twice: names that two readers take for one, or one for another',
  cases: [
    { what: 'A key twice', message: member('"model":"n"'), outcome: twice('model', column(12)) },
    {
      what: 'A key twice, once spelled with an escape',
      message: member('"m\\u006fdel":"n"'),
      outcome: twice('model', column(17)),
    },
    { what: 'A key twice, deep down', message: member('"x":[{"y":{"z":1,"z":1}}]'), outcome: twice('z', column(17)) },
    {
      what: '`__proto__` twice',
      message: member('"__proto__":1,"__proto__":2'),
      outcome: twice('__proto__', column(14)),
    },
    {
      what: 'The same key in two objects',
      message: memberOf((words) => `"x":{"model":"${words}"},"y":{"model":1}`),
      outcome: inspected,
    },
    { what: '`__proto__`, once', message: memberOf((words) => `"__proto__":{"x":"${words}"}`), outcome: inspected },
    {
      what: '`constructor`, `toString`, `hasOwnProperty`',
      message: memberOf((words) => `"constructor":{"prototype":"${words}"},"toString":1,"hasOwnProperty":null`),
      outcome: inspected,
    },
    { what: 'A name of no letters', message: memberOf((words) => `"":"${words}"`), outcome: inspected },
    { what: 'A name that says the words', message: memberOf((words) => `"${words}":1`), outcome: inspected },
    {
      what: 'A known name in capitals: `Model`',
      message: member('"Model":"n"'),
      outcome: refused(400, 'the body has a member that is "model" spelled otherwise'),
    },
    {
      what: 'A known name with another letter for its `s`: `me\\u017f\\u017fages`',
      message: member('"me\\u017f\\u017fages":[]'),
      outcome: refused(400, 'the body has a member that is "messages" spelled otherwise'),
    },
    {
      what: 'A known name and an invisible character',
      message: member('"model\\u200b":"n"'),
      outcome: refused(400, 'the body has a member that is "model" spelled otherwise'),
    },
    {
      what: 'A known name and `\\u0000`',
      message: member('"model\\u0000x":"n"'),
      outcome: refused(400, 'the body has a member that is "model" spelled otherwise'),
    },
    {
      what: 'Unknown names that differ in case only',
      message: memberOf((words) => `"x_new":1,"X_New":"${words}"`),
      outcome: inspected,
    },
    {
      what: 'A known member of another type: `"stream":"true"`',
      message: member('"stream":"true"'),
      outcome: refused(400, '/stream must be boolean or null, not string'),
    },
    ...(['first', 'last'] as const).map(
      (which): EncodingCase => ({
        what: `A key twice in the arguments of a tool call, which are JSON in a string: the words in the ${which}`,
        message: (words) => {
          const values = which === 'first' ? [words, 'hi'] : ['hi', words]
          const args = JSON.stringify(`{"a":"${values[0]}","\\u0061":"${spelledInEscapes(values[1] ?? '')}"}`)
          const call = `{"id":"c","type":"function","function":{"name":"f","arguments":${args}}}`
          return { body: `{"model":"m","messages":[{"role":"assistant","tool_calls":[${call}]}]}` }
        },
        outcome: inspected,
      }),
    ),
  ],
}
