import { afterAll, beforeAll, expect, test } from 'bun:test'
import { json, startUpstream, type Upstream } from '@sluice/testing'
import OpenAI from 'openai'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { completion, prompt } from './provider.ts'
import { says } from './sentences.ts'

let upstream: Upstream
let sluice: TestSluice

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({ upstream: upstream.url, config: { plugins: [{ use: '@sluice/detector-pii' }] } })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})

interface Call {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly operation: string
  /** To the letter. A form is sent as one. */
  readonly body?: string | FormData
  readonly answer: string
}

/** Makes the call, and holds both ways to the byte. */
async function passes({ method, path, operation, body, answer }: Call): Promise<void> {
  upstream.respond(json(answer))
  const request = new Request(`${sluice.url}${path}`, {
    method,
    headers: { ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}), ...sluice.headers() },
    ...(body === undefined ? {} : { body }),
  })
  const sent = new Uint8Array(await request.clone().arrayBuffer())
  const before = upstream.requests.length
  const response = await fetch(request)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.text()).toBe(answer)
  expect(upstream.requests.length).toBe(before + 1)
  const arrived = upstream.requests.at(-1)
  expect([arrived?.method, arrived?.target]).toEqual([method, path])
  expect(Buffer.from(arrived?.body ?? []).equals(Buffer.from(sent))).toBe(true)
  const event = await sluice.eventOf(response)
  expect(event.data).toMatchObject({ outcome: 'forwarded', operation, status: 200 })
}

function audio(): FormData {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(256).map((_, index) => index)], 'speech.mp3', { type: 'audio/mpeg' }))
  form.append('model', 'whisper-1')
  return form
}

test(says('/v1/chat/completions | POST | Chat completions (GPT-4, GPT-3.5, o1, o3, o4)'), async () => {
  for (const model of ['gpt-4', 'gpt-3.5-turbo', 'o1', 'o3', 'o4-mini']) {
    await passes({
      method: 'POST',
      path: '/v1/chat/completions',
      operation: 'chat.completions.create',
      body: JSON.stringify({ ...prompt('Hello'), model, max_completion_tokens: 10 }),
      answer: JSON.stringify(completion({ content: 'Hi' })),
    })
  }
})

test(says('/v1/completions | POST | Text completions (legacy)'), () =>
  passes({
    method: 'POST',
    path: '/v1/completions',
    operation: 'completions.create',
    body: '{"model":"gpt-3.5-turbo-instruct","prompt":"Say this is a test","max_tokens":7}',
    answer:
      '{"id":"cmpl-1","object":"text_completion","created":1,"model":"gpt-3.5-turbo-instruct","choices":[{"text":"\\n\\nThis is a test","index":0,"logprobs":null,"finish_reason":"length"}]}',
  }),
)

test(says('/v1/embeddings | POST | Text embeddings'), () =>
  passes({
    method: 'POST',
    path: '/v1/embeddings',
    operation: 'embeddings.create',
    body: '{"model":"text-embedding-3-small","input":"The food was delicious"}',
    answer:
      '{"object":"list","data":[{"object":"embedding","embedding":[0.0023064255,-9.327292e-03],"index":0}],"model":"text-embedding-3-small","usage":{"prompt_tokens":8,"total_tokens":8}}',
  }),
)

test(says('/v1/moderations | POST | Content moderation'), () =>
  passes({
    method: 'POST',
    path: '/v1/moderations',
    operation: 'moderations.create',
    body: '{"input":"Sample text goes here"}',
    answer:
      '{"id":"modr-1","model":"omni-moderation-latest","results":[{"flagged":false,"categories":{"violence":false},"category_scores":{"violence":1.2e-05},"category_applied_input_types":{"violence":["text"]}}]}',
  }),
)

test(says('/v1/audio/transcriptions | POST | Audio transcription (Whisper)'), () =>
  passes({
    method: 'POST',
    path: '/v1/audio/transcriptions',
    operation: 'audio.transcriptions.create',
    body: audio(),
    answer: '{"text":"Imagine the wildest idea.","usage":{"type":"duration","seconds":3}}',
  }),
)

test(says('/v1/audio/translations | POST | Audio translation'), () =>
  passes({
    method: 'POST',
    path: '/v1/audio/translations',
    operation: 'audio.translations.create',
    body: audio(),
    answer: '{"text":"Hello, my name is Wolfgang."}',
  }),
)

test(says('/v1/models | GET | List available models'), () =>
  passes({
    method: 'GET',
    path: '/v1/models',
    operation: 'models.list',
    answer: '{"object":"list","data":[{"id":"gpt-4","object":"model","created":1686935002,"owned_by":"openai"}]}',
  }),
)

test(says('/v1/batches | POST | Batch API'), () =>
  passes({
    method: 'POST',
    path: '/v1/batches',
    operation: 'batches.create',
    body: '{"input_file_id":"file-abc123","endpoint":"/v1/chat/completions","completion_window":"24h"}',
    answer:
      '{"id":"batch_abc123","object":"batch","endpoint":"/v1/chat/completions","errors":null,"input_file_id":"file-abc123","completion_window":"24h","status":"validating","created_at":1711471533,"request_counts":{"total":0,"completed":0,"failed":0},"metadata":null}',
  }),
)

test(says('All request and response formats match the OpenAI API exactly.'), async () => {
  // What a reader that writes anew would change: spaces, order, numbers as spelled, escapes, members nobody knows.
  const odd = String.raw`"z":1.0,"a":12345678901234567890,"2":1e2,"1":-0,"nested":{"\u00e9":"\ud83d\ude00 \/"},"list":[ ]`
  const paths = {
    '/v1/chat/completions': ['chat.completions.create', '"model":"gpt-4","messages":[{"role":"user","content":"Hi"}]'],
    '/v1/completions': ['completions.create', '"model":"gpt-4","prompt":["Hi","Ho"]'],
    '/v1/embeddings': ['embeddings.create', '"model":"gpt-4","input":["Hi"]'],
    '/v1/moderations': ['moderations.create', '"input":[{"type":"text","text":"Hi"}]'],
    '/v1/batches': ['batches.create', '"input_file_id":"f","endpoint":"/v1/embeddings","completion_window":"24h"'],
  } as const
  for (const [path, [operation, members]] of Object.entries(paths)) {
    const body = ` {\n\t${members} , ${odd}}\n`
    await passes({ method: 'POST', path: `${path}?api-version=1&x=%20`, operation, body, answer: `\r\n{${odd}} ` })
  }
})

test(says('Sluice is a transparent proxy — your existing code works unchanged.'), async () => {
  const existing = async (client: OpenAI): Promise<unknown> => {
    const { id, choices } = await client.chat.completions.create(prompt('Hello'))
    const models = (await client.models.list()).data
    return { id, choices, models }
  }
  upstream.respond((exchange) =>
    json(
      exchange.request.target === '/v1/models'
        ? { object: 'list', data: [{ id: 'gpt-4' }] }
        : completion({ content: 'Hi' }),
    )(exchange),
  )
  const apiKey = 'sk-your-openai-key'
  const without = await existing(new OpenAI({ apiKey, baseURL: `${upstream.url}/v1` }))
  const defaultHeaders = { 'X-Detection-Key': sluice.key() }
  const through = await existing(new OpenAI({ apiKey, baseURL: `${sluice.url}/v1`, defaultHeaders }))
  expect(through).toEqual(without)
})
