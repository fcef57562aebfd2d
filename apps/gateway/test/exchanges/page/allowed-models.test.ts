import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { json, startUpstream, type Upstream } from '@sluice/testing'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { completion, prompt } from './provider.ts'
import { says } from './sentences.ts'

let upstream: Upstream
let sluice: TestSluice

beforeAll(async () => {
  upstream = await startUpstream()
  upstream.respond(json(completion({ content: 'Hi' })))
  sluice = await startSluice({
    upstream: upstream.url,
    apps: { open: {}, listed: { allowedModels: ['gpt-4o', 'text-embedding-3-small'] } },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})
beforeEach(() => {
  upstream.requests.length = 0
})

const chat = (model: unknown) => ({ ...prompt('Hello'), model })
const refused = `{"error":"The requested model is not permitted by your API key's policy."}`

test(
  says(
    'If your AppContext is configured with an allowed models list, only those models can be used through the proxy.',
  ),
  async () => {
    const status = async (path: string, body: unknown) => (await sluice.post(path, body, { app: 'listed' })).status
    expect(await status('/v1/chat/completions', chat('gpt-4o'))).toBe(200)
    expect(await status('/v1/embeddings', { model: 'text-embedding-3-small', input: 'x' })).toBe(200)
    expect(upstream.requests).toHaveLength(2)
    // Neither a longer nor a shorter name, nor another case; nor no name, where the provider would choose.
    for (const model of ['gpt-4', 'gpt-4o-mini', 'GPT-4o', 'gpt-4o ', 'gpt-4']) {
      expect(await status('/v1/chat/completions', chat(model))).toBe(403)
    }
    expect(await status('/v1/chat/completions', { messages: prompt('Hello').messages })).toBe(403)
    expect(await status('/v1/chat/completions?model=gpt-4', chat('gpt-4o'))).toBe(403)
    expect(await status('/v1/completions', { model: 'gpt-4', prompt: 'x' })).toBe(403)
    expect(await status('/v1/embeddings', { model: 'text-embedding-3-large', input: 'x' })).toBe(403)
    expect(await status('/v1/moderations', { model: 'omni-moderation-latest', input: 'x' })).toBe(403)
    const form = new FormData()
    form.append('file', new File(['sound'], 'a.wav'))
    form.append('model', 'whisper-1')
    const audio = { method: 'POST', headers: sluice.headers('listed'), body: form }
    expect((await fetch(`${sluice.url}/v1/audio/transcriptions`, audio)).status).toBe(403)
    expect(upstream.requests).toHaveLength(2)
  },
)

test(says('Requesting a model not in the list returns a 403 error:'), async () => {
  for (const stream of [false, true]) {
    const response = await sluice.post('/v1/chat/completions', { ...chat('gpt-4'), stream }, { app: 'listed' })
    expect(response.status).toBe(403)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.text()).toBe(refused)
    expect(response.headers.get('x-should-retry')).toBe('false')
    const { data } = await sluice.eventOf(response)
    expect(data).toMatchObject({ outcome: 'refused', code: 'SLUICE_MODEL_NOT_ALLOWED', status: 403, model: 'gpt-4' })
  }
  expect(upstream.requests).toEqual([])
})

test(says('If no allowed models list is configured, all models are permitted.'), async () => {
  for (const model of ['gpt-4', 'gpt-4o', 'o3', 'ft:gpt-4o:acme::7p4l', 'somebody/else-7b', '模型']) {
    const response = await sluice.post('/v1/chat/completions', chat(model))
    expect(response.status).toBe(200)
    expect(upstream.requests.at(-1)?.json()).toMatchObject({ model })
  }
})
