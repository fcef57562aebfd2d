import { describe, expect, test } from 'bun:test'
import { json, type RawResponse } from '@sluice/testing'
import { whole } from './answers.ts'
import { served } from './served.ts'

/** Spelled so that a parser and a printer would show. */
const tools: readonly (readonly [name: string, text: string])[] = [
  ['get_a', '{ "type":"function", "function":{"name":"get_a","parameters":{"10":1.0,"9":[ ]},"strict":null,"x":1e2}}'],
  ['grammar', '{"type":"custom","custom":{"name":"grammar","format":{"type":"text"}},"n":12345678901234567890}'],
  ['web_search', '{"type":"web_search" ,"user_location":null}'],
  ['of_tomorrow', '{"type":"of_tomorrow","\\u0061":"\\/"}'],
]
const masks = Array.from({ length: 2 ** tools.length }, (_, mask) => mask)
const isDenied = (mask: number, at: number): boolean => ((mask >> at) & 1) === 1
const namesOf = (mask: number): string[] => tools.flatMap(([name], at) => (isDenied(mask, at) ? [name] : []))
const filter = '@sluice/tool-filter-rules'
const denying = (deny: readonly string[]) => ({ plugins: [{ id: filter, options: { deny } }] })

const gateway = served({
  apps: {
    ...Object.fromEntries(masks.map((mask) => [`${mask}`, denying(namesOf(mask))])),
    f: denying(['f_*']),
    f_1: denying(['f_1']),
  },
  config: { plugins: [{ use: filter }] },
})
const chat = '/v1/chat/completions'

interface Sent {
  readonly app: string
  readonly body: string
  /** What must go up in its place, and the tools that are taken out. */
  readonly up: string
  readonly removed: readonly string[]
}

/** Sends requests one by one; what went up is what was expected. */
async function check(requests: readonly Sent[]): Promise<void> {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  const answers: RawResponse[] = []
  for (const { app, body, up } of requests) {
    const answer = await gateway.send(chat, body, { app })
    expect(answer.status).toBe(200)
    expect([app, gateway.upstream.requests.at(-1)?.text()]).toEqual([app, up])
    answers.push(answer)
  }
  const records = await gateway.records(answers)
  expect(records.map(({ toolsRemoved }) => toolsRemoved.map(({ name }) => name))).toEqual(
    requests.map(({ removed }) => [...removed]),
  )
}

const object = (members: readonly (string | undefined)[]): string =>
  `{${members.filter((member) => member !== undefined).join(',')}}`

interface Choice {
  readonly text?: string
  /** What is left of it where some tools stay. Undefined: it goes. */
  readonly left: (stays: (name: string) => boolean) => string | undefined
}

function fixed(text?: string, named?: string): Choice {
  return {
    ...(text === undefined ? {} : { text }),
    left: (stays) => (named === undefined || stays(named) ? text : undefined),
  }
}

const allowed: readonly (readonly [name: string, text: string])[] = [
  ['of_tomorrow', '{ "type":"of_tomorrow"}'],
  ['get_a', '{"type":"function","function":{"name":"get_a"}}'],
]
const allowedTools = (list: readonly string[]): string =>
  `{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[${list.join(',')}],"x":1.0}}`

const choices: Readonly<Record<string, Choice>> = {
  absent: fixed(),
  auto: fixed('"auto"'),
  none: fixed('"none"'),
  required: fixed('"required"'),
  null: fixed('null'),
  'a function': fixed('{"type":"function","function":{"name":"get_a" }}', 'get_a'),
  'a custom tool': fixed('{"type":"custom","custom":{"name":"grammar"}}', 'grammar'),
  'a hosted tool': fixed('{"type":"web_search"}', 'web_search'),
  'allowed tools': {
    text: allowedTools(allowed.map(([, text]) => text)),
    left(stays) {
      const kept = allowed.filter(([name]) => stays(name)).map(([, text]) => text)
      return kept.length === 0 ? undefined : allowedTools(kept)
    },
  },
}

// https://github.com/BerriAI/litellm/pull/40077, https://github.com/aisix-ai/aisix/pull/1183
describe('27 tools rewritten though no rule fired, hosted and custom tools dropped', () => {
  const head = '"model":"m","seed":12345678901234567890'
  const tail = '"messages":[{"role":"user","content":"hi","n":-0}],"\\u007a":1.50'
  const parallel = '"parallel_tool_calls":false'

  test.each(Object.entries(choices))('no, one, some, all of them filtered; tool_choice: %s', async (_, choice) => {
    const member = (name: string, text: string | undefined) => (text === undefined ? undefined : `"${name}":${text}`)
    const list = (kept: readonly (readonly [string, string])[]) => `"tools":[${kept.map(([, text]) => text).join(',')}]`
    const body = object([head, list(tools), member('tool_choice', choice.text), tail, parallel])
    await check(
      masks.map((mask) => {
        const kept = tools.filter((_, at) => !isDenied(mask, at))
        const left = choice.left((name) => kept.some(([own]) => own === name))
        const some = object([head, list(kept), member('tool_choice', left), tail, parallel])
        const up = kept.length === 0 ? object([head, tail]) : some
        return { app: `${mask}`, body, up, removed: namesOf(mask) }
      }),
    )
  })

  test('spaces, lines and the order of members stay as they are', async () => {
    const lines = (kept: readonly (readonly [string, string])[]) => kept.map(([, text]) => `    ${text}`).join(',\n')
    const body = (kept: typeof tools) =>
      `{\n  "tools" : [\n${lines(kept)}\n  ] ,\r\n\t"model" : "m" , "messages":[ ]\n}\n`
    const compact = (text: string) => text.replace(/\s+/g, '')
    for (const mask of masks) {
      const kept = tools.filter((_, at) => !isDenied(mask, at))
      await gateway.send(chat, body(tools), { app: `${mask}` })
      const came = gateway.upstream.requests.at(-1)?.text() ?? ''
      if (mask === 0) expect(came).toBe(body(tools))
      if (kept.length === 0) expect(JSON.parse(came)).toEqual({ model: 'm', messages: [] })
      else expect(compact(came)).toBe(compact(body(kept)))
      for (const [, text] of kept) expect(came).toContain(text)
      expect(came).toEndWith('"model" : "m" , "messages":[ ]\n}\n')
    }
  })

  test('the older functions, alone and beside tools', async () => {
    const f = (name: string) => `{"name":"${name}" ,"parameters":{"a":1.0}}`
    const calls = [undefined, '"auto"', '"none"', '{"name":"f_1"}', '{"name":"f_2" }']
    const requests = calls.flatMap((call) =>
      [undefined, `"tools":[${tools[0]?.[1]}],"tool_choice":"auto"`].flatMap((list) => {
        const member = call === undefined ? undefined : `"function_call":${call}`
        const body = object([head, `"functions":[${f('f_1')},${f('f_2')}]`, member, list, tail])
        const left = call === '{"name":"f_1"}' ? undefined : member
        const one = object([head, `"functions":[${f('f_2')}]`, left, list, tail])
        return [
          { app: '0', body, up: body, removed: [] },
          { app: 'f_1', body, up: one, removed: ['f_1'] },
          { app: 'f', body, up: object([head, list, tail]), removed: ['f_1', 'f_2'] },
        ]
      }),
    )
    await check(requests)
  })

  test('the web search that has a member of its own', async () => {
    const search = '"web_search_options":{ "search_context_size":"low"}'
    const body = object([head, search, tail])
    await check([
      { app: '0', body, up: body, removed: [] },
      { app: '4', body, up: object([head, tail]), removed: ['web_search'] },
      { app: '4', body: object([head, search]), up: object([head]), removed: ['web_search'] },
    ])
  })

  test('an empty list of tools is the client’s own', async () => {
    const body = object([head, '"tools":[ ]', '"tool_choice":"auto"', tail])
    await check(['0', '15'].map((app) => ({ app, body, up: body, removed: [] })))
  })
})
