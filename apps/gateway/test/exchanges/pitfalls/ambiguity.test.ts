import { describe, expect, test } from 'bun:test'
import { json } from '@sluice/testing'
import { prompt, whole } from './answers.ts'
import { detectors, needle, policies } from './needle.ts'
import { served } from './served.ts'

const gateway = served({
  apps: {
    listed: { allowedModels: ['gpt-4o-mini', 'whisper-1', '__proto'] },
    open: {},
    in: { policies: ['block-in'] },
    out: { policies: ['block-out'] },
  },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
const notPermitted = { error: "The requested model is not permitted by your API key's policy." }

interface Form {
  readonly type: string
  readonly body: string
}

function form(fields: readonly (readonly [disposition: string, value: string])[]): Form {
  const parts = fields.map(([disposition, value]) => {
    return `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`
  })
  return { type: 'multipart/form-data; boundary=b', body: `${parts.join('')}--b--\r\n` }
}

const file = ['name="file"; filename="a.wav"', 'RIFF'] as const

// https://github.com/BerriAI/litellm/pull/27015
describe('9 the model is named elsewhere', () => {
  const elsewhere: Readonly<Record<string, object>> = {
    'the body': prompt('hi', { model: 'gpt-5' }),
    'the body, an allowed name with a space behind it': prompt('hi', { model: 'gpt-4o-mini ' }),
    'the body, an allowed name in capitals': prompt('hi', { model: 'GPT-4O-MINI' }),
    'the body, a name that every object inherits': prompt('hi', { model: '__proto__' }),
    'the body, empty': prompt('hi', { model: '' }),
    nowhere: { messages: [] },
    'a list of fallbacks': prompt('hi', { models: ['gpt-4o-mini', 'gpt-5'] }),
    'a hosted tool': prompt('hi', { tools: [{ type: 'image_generation', model: 'gpt-image-1' }] }),
    'the settings of a hosted tool': prompt('hi', { tools: [{ type: 'agent', settings: { model: 'gpt-5' } }] }),
    'the moderation of the answer': prompt('hi', { moderation: { model: 'omni' } }),
  }
  test.each(Object.entries(elsewhere))('%s: 403', async (_, body) => {
    const answer = await gateway.send(chat, body, { app: 'listed' })
    expect([answer.status, answer.json()]).toEqual([403, notPermitted])
    expect(answer.header('x-should-retry')).toBe('false')
    expect(gateway.upstream.requests).toHaveLength(0)
  })

  test.each(['?model=gpt-5', '?a=b&model=gpt-5', '?mod%65l=gpt-5', '?Model=gpt-5', '?model=gpt-4o-mini&model=gpt-5'])(
    'the query %s: 403',
    async (query) => {
      const answer = await gateway.send(`${chat}${query}`, prompt('hi'), { app: 'listed' })
      expect([answer.status, answer.json()]).toEqual([403, notPermitted])
      expect(gateway.upstream.requests).toHaveLength(0)
    },
  )

  test.each(['/v1/completions', '/v1/embeddings', '/v1/moderations'])('%s: 403', async (path) => {
    for (const body of [{ model: 'gpt-5', input: 'hi' }, { input: 'hi' }]) {
      const answer = await gateway.send(path, body, { app: 'listed' })
      expect([answer.status, answer.json()]).toEqual([403, notPermitted])
    }
    expect(gateway.upstream.requests).toHaveLength(0)
  })

  test.each(['/v1/audio/transcriptions', '/v1/audio/translations'])('a field of the form of %s: 403', async (path) => {
    for (const fields of [
      [file, ['name="model"', 'gpt-4o-transcribe']],
      [['name="model"', 'gpt-4o-transcribe'], file],
      [file],
    ] as const) {
      const { type, body } = form(fields)
      const answer = await gateway.send(path, body, { app: 'listed', headers: [['content-type', type]] })
      expect([answer.status, answer.json()]).toEqual([403, notPermitted])
    }
    const { type, body } = form([file, ['name="model"; filename="m"', 'whisper-1']])
    const answer = await gateway.send(path, body, { app: 'listed', headers: [['content-type', type]] })
    const problem = 'The form is malformed: multipart: part 2 is a file where a field must be.'
    expect([answer.status, answer.json()]).toEqual([400, { error: problem }])
    expect(gateway.upstream.requests).toHaveLength(0)
  })

  test('a second `model`, in whatever spelling and order', async () => {
    const bodies = [
      '{"model":"gpt-4o-mini","messages":[],"model":"gpt-5"}',
      '{"model":"gpt-5","messages":[],"model":"gpt-4o-mini"}',
      '{"model":"gpt-4o-mini","messages":[],"m\\u006fdel":"gpt-5"}',
      '{"model":"gpt-4o-mini","messages":[],"Model":"gpt-5"}',
      '{"model":"gpt-4o-mini","messages":[],"model\\u200b":"gpt-5"}',
    ]
    for (const body of bodies) {
      const answer = await gateway.send(chat, body, { app: 'listed' })
      expect([body, answer.status, answer.json()]).toEqual([body, 400, { error: expect.any(String) }])
    }
    const twice = form([file, ['name="model"', 'whisper-1'], ['name="model"', 'gpt-4o-transcribe']])
    const options = { app: 'listed', headers: [['content-type', twice.type]] } as const
    const answer = await gateway.send('/v1/audio/transcriptions', twice.body, options)
    expect([answer.status, answer.json()]).toEqual([403, notPermitted])
    const same = await gateway.send(
      '/v1/audio/transcriptions',
      twice.body.replace('gpt-4o-transcribe', 'whisper-1'),
      options,
    )
    expect([same.status, same.json()]).toEqual([400, { error: expect.any(String) }])
    expect(gateway.upstream.requests).toHaveLength(0)
  })

  test('an allowed model passes, wherever it is named', async () => {
    gateway.upstream.respond(json(whole([{ content: 'hi' }])))
    const before = gateway.upstream.requests.length
    const answers = [
      await gateway.send(chat, prompt('hi'), { app: 'listed' }),
      await gateway.send(`${chat}?model=gpt-4o-mini`, prompt('hi', { models: ['whisper-1'] }), { app: 'listed' }),
    ]
    const { type, body } = form([file, ['name="model"', 'whisper-1']])
    answers.push(
      await gateway.send('/v1/audio/translations', body, { app: 'listed', headers: [['content-type', type]] }),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(gateway.upstream.requests).toHaveLength(before + 3)
  })
})

describe('13 a key twice: the gateway reads the last, the upstream the first', () => {
  const harmless = '"content":"hi"'
  const harmful = `"content":"${needle}"`
  const requests: Readonly<Record<string, string>> = {
    'content, the harmful first': `{"model":"m","messages":[{"role":"user",${harmful},${harmless}}]}`,
    'content, the harmful last': `{"model":"m","messages":[{"role":"user",${harmless},${harmful}}]}`,
    'content, one spelled with an escape': `{"model":"m","messages":[{"role":"user",${harmless},"c\\u006fntent":"x"}]}`,
    'content, not side by side': `{"model":"m","messages":[{${harmless},"role":"user",${harmful}}]}`,
    'the list of messages': `{"model":"m","messages":[{"role":"user",${harmful}}],"messages":[]}`,
    'an unknown member': '{"model":"m","messages":[],"x":1,"x":1}',
    'a member of an unknown object': '{"model":"m","messages":[],"x":[{"y":{"z":1 , "z"\n:2}}]}',
    'an inherited name': '{"model":"m","messages":[],"__proto__":{},"__proto__":{}}',
    'the empty name': '{"model":"m","messages":[],"":1,"":2}',
    'a tool': '{"model":"m","messages":[],"tools":[{"type":"function","type":"custom"}]}',
  }
  test.each(Object.entries(requests))('%s: 400', async (_, body) => {
    const before = gateway.upstream.requests.length
    for (const app of ['open', 'in']) {
      const answer = await gateway.send(chat, body, { app })
      expect([answer.status, answer.json()]).toEqual([400, { error: expect.stringContaining('twice') }])
      expect(answer.text()).not.toContain(needle)
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('a name in two objects, and a name as a value, are no repetition', async () => {
    gateway.upstream.respond(json(whole([{ content: 'hi' }])))
    const body =
      '{"model":"m","messages":[{"role":"user","content":"a"},{"role":"user","content":"content"}],"x":{"model":1}}'
    const answer = await gateway.send(chat, body, { app: 'in' })
    expect(answer.status).toBe(200)
    expect(gateway.upstream.requests.at(-1)?.text()).toBe(body)
  })

  test('an answer with a key twice is given where nothing could act, and says what was not inspected', async () => {
    const answer = `{"choices":[{"index":0,"message":{"role":"assistant",${harmful},${harmless}}}]}`
    gateway.upstream.respond(json(answer))
    const observed = await gateway.send(chat, prompt('hi'), { app: 'open' })
    expect(observed.text()).toBe(answer)
    const record = await gateway.record(observed)
    expect(record.segments.notInspected).toMatchObject([{ direction: 'egress', content: 'malformed-json' }])
    expect(record.detections).toMatchObject([{ lifecycle: 'EGRESS' }])
    const refused = await gateway.send(chat, prompt('hi'), { app: 'out' })
    expect([refused.status, refused.json()]).toEqual([502, { error: expect.any(String) }])
    expect(refused.text()).not.toContain(needle)
  })
})
