import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { json, type Responder, sse } from '@sluice/testing'
import OpenAI, { AzureOpenAI } from 'openai'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { found, served, verdict } from '../pitfalls/served.ts'
import { all, failure } from './client.ts'

const filter = '@sluice/tool-filter-rules'
const gateway = served({
  adapter: { path: '/openai', options: { api: 'azure' } },
  apps: {
    open: {},
    strict: { policies: ['block-in', 'block-out'] },
    deployments: { policies: ['no-needle-to-prod'] },
    listed: { allowedModels: ['prod', 'embed', 'whisper'] },
    anywhere: { policies: ['block-in'], plugins: [{ id: filter, options: { allowServers: ['*'] } }] },
    tools: { plugins: [{ id: filter, options: { deny: ['delete_*'], allowServers: ['search.example.com'] } }] },
  },
  config: {
    plugins: [...detectors, { use: filter }],
    policies: [...policies, { id: 'no-needle-to-prod', match: { models: ['prod'] }, action: 'BLOCK' }],
  },
})
const apiVersion = '2024-10-21'
const fixtures = new URL('../../../../../plugins/adapter-openai/fixtures/', import.meta.url)
const fixture = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8')
const wholeAnswer = fixture('azure.json')
const frames = fixture('azure.chunks.txt')
const messages = [{ role: 'user' as const, content: 'weather?' }]

/** The clients as applications have them: endpoint, key and one header. */
const clients = {
  dated: (app: string, more: { readonly deployment?: string } = {}) =>
    new AzureOpenAI({
      endpoint: gateway.sluice.url,
      apiKey: 'azure-key',
      apiVersion,
      defaultHeaders: { 'X-Detection-Key': gateway.sluice.key(app) },
      maxRetries: 0,
      ...more,
    }),
  v1: (app: string) =>
    new OpenAI({
      baseURL: `${gateway.sluice.url}/openai/v1`,
      apiKey: 'azure-key',
      defaultHeaders: { 'X-Detection-Key': gateway.sluice.key(app) },
      maxRetries: 0,
    }),
} as const
const direct = {
  dated: () => new AzureOpenAI({ endpoint: gateway.upstream.url, apiKey: 'azure-key', apiVersion, maxRetries: 0 }),
  v1: () => new OpenAI({ baseURL: `${gateway.upstream.url}/openai/v1`, apiKey: 'azure-key', maxRetries: 0 }),
} as const
type Kind = keyof typeof clients
const kinds = Object.keys(clients) as Kind[]

function sent(from = 0): (readonly string[])[] {
  return gateway.upstream.requests
    .slice(from)
    .map((request) => [
      request.method,
      request.target,
      request.header('api-key') ?? '',
      request.header('authorization') ?? '',
      request.text(),
    ])
}

/** The provider gets the same with the gateway and without, and the application sees the same. */
async function sameAsDirect<Seen>(
  kind: Kind,
  responder: Responder,
  call: (client: OpenAI) => Promise<Seen>,
): Promise<Seen> {
  gateway.upstream.respond(responder)
  const before = gateway.upstream.requests.length
  const expected = await call(direct[kind]())
  const between = gateway.upstream.requests.length
  gateway.upstream.respond(responder)
  const seen = await call(clients[kind]('open'))
  expect(sent(between)).toEqual(sent(before).slice(0, between - before))
  expect(between).toBeGreaterThan(before)
  expect(seen).toEqual(expected)
  return seen
}

describe.each(kinds)('Azure OpenAI, %s', (kind) => {
  const path = kind === 'dated' ? '/openai/deployments/prod/chat/completions' : '/openai/v1/chat/completions'

  test('chat, whole', async () => {
    const seen = await sameAsDirect(kind, json(wholeAnswer), (client) =>
      client.chat.completions.create({ model: 'prod', messages }),
    )
    expect(seen.choices[0]?.message.content).toBe('Oslo, rain.')
    expect(sent().at(-1)?.slice(0, 4)).toEqual(
      kind === 'dated'
        ? ['POST', `${path}?api-version=${apiVersion}`, 'azure-key', '']
        : ['POST', path, '', 'Bearer azure-key'],
    )
  })

  test('chat, streamed: the first frame without choices, what the content filter says, usage last', async () => {
    const chunks = await sameAsDirect(kind, sse(frames), async (client) =>
      all(await client.chat.completions.create({ model: 'prod', messages, stream: true })),
    )
    expect(chunks).toHaveLength(8)
    expect(chunks[0]?.choices).toEqual([])
    expect(chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta?.content ?? '')).join('')).toBe(
      'Oslo, rain.',
    )
    expect(chunks.at(-1)?.usage?.total_tokens).toBe(13)
  })

  test('the deployment is the model on record; whole and streamed are one verdict', async () => {
    const records = []
    for (const [stream, responder] of [
      [false, json(wholeAnswer)],
      [true, sse(frames)],
    ] as const) {
      gateway.upstream.respond(responder)
      const { response } = await clients[kind]('open')
        .chat.completions.create({ model: 'prod', messages, stream })
        .withResponse()
      await response.text().catch(() => '')
      const { data } = await gateway.sluice.eventOf(response)
      expect(data).toMatchObject({
        operation: 'chat.completions.create',
        model: 'prod',
        outcome: 'forwarded',
        usage: {},
      })
      records.push(data)
    }
    const [whole, streamed] = records
    if (whole === undefined || streamed === undefined) throw new Error('no records')
    expect(verdict(streamed)).toEqual(verdict(whole))
  })

  test('a needle in what the content filter says is found, whole and streamed', async () => {
    for (const place of ['"severity":"safe"', '"license":"MIT"', '"content":"Oslo, rain."', '"content":"Oslo, "']) {
      const put = (text: string): string => text.replace(place, place.replace(/:".*"/, `:"${needle} "`))
      for (const [stream, text] of [
        [false, put(wholeAnswer)],
        [true, put(frames)],
      ] as const) {
        if (!text.includes(needle)) continue
        gateway.upstream.respond(stream ? sse(text) : json(text))
        const { response } = await clients[kind]('open')
          .chat.completions.create({ model: 'prod', messages, stream })
          .withResponse()
        const { data } = await gateway.sluice.eventOf(response)
        expect([place, stream, found(data).length]).toEqual([place, stream, 1])
      }
    }
  })

  test('the parameters are inspected', async () => {
    const before = gateway.upstream.requests.length
    const answer = await gateway.send(`${path}?api-version=${needle}`, { model: 'prod', messages }, { app: 'strict' })
    expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('blocked, whole and streamed: the client takes it for a filtered completion', async () => {
    const before = gateway.upstream.requests.length
    const client = clients[kind]('strict')
    const asked = { model: 'prod', messages: [{ role: 'user' as const, content: needle }] }
    const whole = await client.chat.completions.create(asked)
    expect(whole.choices[0]).toMatchObject({
      message: { content: 'Content blocked due to policy violations' },
      finish_reason: 'content_filter',
    })
    const chunks = await all(await client.chat.completions.create({ ...asked, stream: true }))
    expect(chunks[0]?.choices[0]).toMatchObject({ finish_reason: 'content_filter' })
    const final = await client.chat.completions.stream(asked).finalChatCompletion()
    expect(final.choices[0]?.message.content).toBe('Content blocked due to policy violations')
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('a policy may ask for the deployment', async () => {
    gateway.upstream.respond(json(wholeAnswer))
    const asked = (model: string) =>
      clients[kind]('deployments').chat.completions.create({ model, messages: [{ role: 'user', content: needle }] })
    expect((await asked('prod')).choices[0]?.finish_reason).toBe('content_filter')
    expect((await asked('test')).choices[0]?.finish_reason).toBe('stop')
  })

  test('a deployment that is not on the list is refused, wherever it is named', async () => {
    const client = clients[kind]('listed')
    const before = gateway.upstream.requests.length
    expect(await failure(client.chat.completions.create({ model: 'other', messages }))).toMatchObject({ status: 403 })
    expect(await failure(client.embeddings.create({ model: 'other', input: 'x' }))).toMatchObject({ status: 403 })
    const list = { app: 'listed' }
    for (const [target, body] of [
      ['/openai/deployments/other/chat/completions', { messages }],
      ['/openai/deployments/other/chat/completions', { model: 'prod', messages }],
      ['/openai/deployments/prod/chat/completions', { model: 'other', messages }],
      ['/openai/deployments/prod/chat/completions?model=other', { messages }],
      ['/openai/v1/chat/completions?deployment=other', { model: 'prod', messages }],
      ['/openai/v1/chat/completions?Deployment=other', { model: 'prod', messages }],
      ['/openai/v1/chat/completions', { messages }],
    ] as const) {
      const answer = await gateway.send(target, body, list)
      expect([target, answer.status]).toEqual([target, 403])
    }
    expect(gateway.upstream.requests).toHaveLength(before)
    gateway.upstream.respond(json(wholeAnswer))
    expect((await client.chat.completions.create({ model: 'prod', messages })).choices).toHaveLength(1)
  })

  test('tools: what is denied leaves, a call comes back', async () => {
    const tool = (name: string) => ({ type: 'function' as const, function: { name, parameters: { type: 'object' } } })
    const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } }
    const message = { role: 'assistant', content: null, tool_calls: [call] }
    gateway.upstream.respond(
      json({
        ...JSON.parse(wholeAnswer),
        choices: [{ index: 0, message, finish_reason: 'tool_calls', content_filter_results: {} }],
      }),
    )
    const answer = await clients[kind]('tools').chat.completions.create({
      model: 'prod',
      messages,
      tools: [tool('get_weather'), tool('delete_all')],
    })
    expect(answer.choices[0]?.message.tool_calls).toMatchObject([call])
    expect(gateway.upstream.requests.at(-1)?.json()).toMatchObject({ tools: [{ function: { name: 'get_weather' } }] })
    expect(gateway.upstream.requests.at(-1)?.text()).not.toContain('delete_all')
  })

  test('an error of the content filter is the provider’s, to the byte, and is inspected', async () => {
    const error = {
      message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: {
          hate: { filtered: true, severity: 'high' },
          jailbreak: { filtered: false, detected: false },
        },
      },
    }
    gateway.upstream.respond(json({ error }, { status: 400 }))
    const thrown = await failure(clients[kind]('open').chat.completions.create({ model: 'prod', messages }))
    expect(thrown).toMatchObject({ status: 400, code: 'content_filter', error })
    gateway.upstream.respond(json({ error: { ...error, message: `it was ${needle}` } }, { status: 400 }))
    const answer = await gateway.send(path, { model: 'prod', messages })
    expect(found(await gateway.record(answer))).toHaveLength(1)
  })

  test('completions, embeddings, audio, models, batches', async () => {
    const file = () => new File(['RIFF'], 'a.wav', { type: 'audio/wav' })
    const text = { id: 'cmpl-1', object: 'text_completion', choices: [{ index: 0, text: 'hi', finish_reason: 'stop' }] }
    await sameAsDirect(kind, json(text), (client) => client.completions.create({ model: 'prod', prompt: 'x' }))
    const vector = { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.5] }] }
    await sameAsDirect(kind, json(vector), (client) =>
      client.embeddings.create({ model: 'embed', input: 'x', encoding_format: 'float' }),
    )
    gateway.upstream.respond(json({ text: 'words' }))
    const client = clients[kind]('listed')
    const transcript = await client.audio.transcriptions.create({ model: 'whisper', file: file() })
    expect(transcript.text).toBe('words')
    const heard =
      kind === 'dated' ? `/openai/deployments/whisper/audio/transcriptions?api-version=${apiVersion}` : undefined
    expect(gateway.upstream.requests.at(-1)?.target).toBe(heard ?? '/openai/v1/audio/transcriptions')
    gateway.upstream.respond(json({ text: 'words' }))
    expect(await failure(client.audio.translations.create({ model: 'other', file: file() }))).toMatchObject({
      status: 403,
    })
    const list = { object: 'list', data: [] }
    await sameAsDirect(kind, json(list), async (client) => (await client.models.list()).data)
    await sameAsDirect(kind, json(list), async (client) => (await client.batches.list()).data)
  })
})

test('a client with a deployment of its own: the one in the path counts, and so does the model in the body', async () => {
  const client = clients.dated('listed', { deployment: 'prod' })
  gateway.upstream.respond(json(wholeAnswer))
  expect(await failure(client.chat.completions.create({ model: 'gpt-4o', messages }))).toMatchObject({ status: 403 })
  const answer = await client.chat.completions.create({ model: 'prod', messages })
  expect(answer.choices).toHaveLength(1)
})

test('a token of Entra is passed through', async () => {
  gateway.upstream.respond(json(wholeAnswer))
  const client = new AzureOpenAI({
    endpoint: gateway.sluice.url,
    azureADTokenProvider: async () => 'entra-token',
    apiVersion,
    defaultHeaders: { 'X-Detection-Key': gateway.sluice.key('open') },
    maxRetries: 0,
  })
  await client.chat.completions.create({ model: 'prod', messages })
  expect(sent().at(-1)?.slice(2, 4)).toEqual(['', 'Bearer entra-token'])
})

test('a data source is asked only where its server is listed, and none of somebody’s own network', async () => {
  const source = (endpoint: string) => ({ type: 'azure_search', parameters: { endpoint, index_name: 'docs' } })
  const path = '/openai/deployments/prod/chat/completions'
  const ask = async (app: string, ...data_sources: object[]) => {
    gateway.upstream.respond(json(wholeAnswer))
    return gateway.send(path, { messages, data_sources }, { app })
  }
  const listed = source('https://search.example.com')
  expect((await ask('tools', listed, source('https://exfil.example.org'))).status).toBe(200)
  expect(gateway.upstream.requests.at(-1)?.json()).toEqual({ messages, data_sources: [listed] })
  expect((await ask('tools', source('https://exfil.example.org'))).status).toBe(200)
  expect(gateway.upstream.requests.at(-1)?.json()).toEqual({ messages })
  const answer = await ask('anywhere', listed)
  expect((await gateway.record(answer)).segments.notInspected).toMatchObject([
    { content: 'file', reason: 'what a data source answers is not read' },
  ])
  expect((await ask('anywhere', source('https://10.0.0.4/'))).status).toBe(400)
  expect((await ask('anywhere', source(`https://search.example.com/${needle}`))).json()).toMatchObject({
    choices: [{ finish_reason: 'content_filter' }],
  })
})

test('nothing else is served: not the paths of OpenAI, not batches below a deployment', async () => {
  const before = gateway.upstream.requests.length
  for (const path of [
    '/v1/chat/completions',
    '/openai/chat/completions',
    '/openai/deployments/prod/batches',
    '/openai/deployments/prod/images/generations',
    '/openai/deployments//chat/completions',
    '/openai/deployments/../chat/completions',
    '/openai/deployments/a%2Fb/chat/completions',
    '/openai/v1/deployments/prod/chat/completions',
    '/OpenAI/v1/chat/completions',
  ]) {
    const answer = await gateway.send(path, { model: 'prod', messages })
    expect([path, answer.status]).toEqual([path, 404])
  }
  expect(gateway.upstream.requests).toHaveLength(before)
})
