import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json } from '@sluice/testing'
import { boundary, encodeForm } from '../pitfalls/requests.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({ apps: { listed: { allowedModels: ['gpt-4o-mini', 'org/model:free'] }, open: {} } })
const refused = [403, { error: "The requested model is not permitted by your API key's policy." }]

async function expectRefused(path: string, body: string, type = 'application/json'): Promise<void> {
  const requests = gateway.upstream.requests.length
  const answer = await gateway.send(path, body, { headers: [['content-type', type]] })
  expect([body, answer.status, answer.json()]).toEqual([body, ...refused])
  expect(await gateway.record(answer)).toMatchObject({ outcome: 'refused', code: 'SLUICE_MODEL_NOT_ALLOWED' })
  expect(gateway.upstream.requests).toHaveLength(requests)
}

const bodies: Readonly<Record<string, { readonly [name: string]: Json }>> = {
  '/v1/chat/completions': { messages: [] },
  '/v1/completions': { prompt: 'hi' },
  '/v1/embeddings': { input: 'hi' },
  '/v1/moderations': { input: 'hi' },
}

describe('55 the model is absent or stands elsewhere, with a list set', () => {
  test.each(Object.entries(bodies))('absent: %s', async (path, body) => {
    await expectRefused(path, JSON.stringify(body))
    await expectRefused(path, JSON.stringify({ ...body, model: '' }))
  })

  test.each(['/v1/audio/transcriptions', '/v1/audio/translations'])('absent: %s', async (path) => {
    const file = { name: 'file', filename: 'a.wav', value: 'RIFF' }
    const type = `multipart/form-data; boundary=${boundary}`
    await expectRefused(path, encodeForm([file]), type)
    await expectRefused(path, encodeForm([file, { name: 'model', value: '' }]), type)
    // A file of that name is no model, or one that nobody can read.
    const posing = encodeForm([file, { name: 'model', filename: 'gpt-4o-mini', value: 'gpt-4o-mini' }])
    const answer = await gateway.send(path, posing, { headers: [['content-type', type]] })
    expect([400, 403]).toContain(answer.status)
  })

  const chat = '/v1/chat/completions'
  const elsewhere: Readonly<Record<string, Json>> = {
    'a fallback': { model: 'gpt-4o-mini', models: ['gpt-4o-mini', 'gpt-5'], messages: [] },
    'a fallback alone': { models: ['gpt-5'], messages: [] },
    'the model of a hosted tool': {
      model: 'gpt-4o-mini',
      messages: [],
      tools: [{ type: 'image_generation', model: 'gpt-image-9' }],
    },
    'the model of the moderation': { model: 'gpt-4o-mini', messages: [], moderation: { model: 'gpt-5' } },
    'the right one in capitals': { model: 'GPT-4o-mini', messages: [] },
    'the right one and a space': { model: 'gpt-4o-mini ', messages: [] },
    'a suffix': { model: 'gpt-4o-mini-2024-07-18', messages: [] },
    'a prefix': { model: 'ft:gpt-4o-mini', messages: [] },
    'a line of its own': { model: 'gpt-4o-mini\ngpt-5', messages: [] },
  }
  test.each(Object.entries(elsewhere))('%s', (_, body) => expectRefused(chat, JSON.stringify(body)))

  test('nothing of it concerns who has no list, nor what names no model', async () => {
    gateway.upstream.respond(json('{"data":[]}'))
    for (const body of [...Object.values(elsewhere), { messages: [] }]) {
      expect((await gateway.send(chat, JSON.stringify(body), { app: 'open' })).status).toBe(200)
    }
    expect((await gateway.send('/v1/models', undefined, { method: 'GET' })).status).toBe(200)
    expect((await gateway.send(chat, { model: 'org/model:free', messages: [] })).status).toBe(200)
  })
})
