import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { clientOf, sameAsDirect } from './client.ts'

let provider: Provider
let sluice: TestSluice

beforeAll(async () => {
  provider = await startProvider()
  sluice = await startSluice({ upstream: provider.url })
  provider.mock.onEmbedding('revenue', { embedding: [0.125, -0.5, 3e-8] })
  provider.mock.onModerate('bad', {
    flagged: true,
    categories: { violence: true },
    category_scores: { violence: 0.9 },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

const model = 'text-embedding-3-small'
const input = 'The quarterly revenue report shows...'

test('embeddings of a text, of several, and of tokens', async () => {
  const one = await sameAsDirect(provider, sluice, (client) => client.embeddings.create({ model, input }))
  expect(one.data.map(({ embedding }) => embedding)).toEqual([[0.125, -0.5, 3e-8]])
  const two = await sameAsDirect(provider, sluice, (client) =>
    client.embeddings.create({ model, input: [input, 'revenue again'], dimensions: 3 }),
  )
  expect(two.data.map(({ index }) => index)).toEqual([0, 1])
  const tokens = await sameAsDirect(provider, sluice, (client) =>
    client.embeddings.create({ model, input: [[1, 2, 3]], encoding_format: 'float', dimensions: 4 }),
  )
  expect(tokens.data[0]?.embedding).toHaveLength(4)
})

test('embeddings as base64: asked for by the application, and by the client itself', async () => {
  // aimock ignores `encoding_format`, so the provider's answer is written here.
  const vector = new Float32Array([1.5, -2.25, 0])
  const embedding = Buffer.from(vector.buffer).toString('base64')
  const body = { object: 'list', data: [{ object: 'embedding', index: 0, embedding }], model, usage: {} }
  const asked = async (encoding_format?: 'base64') => {
    for (let times = 0; times < 2; times++) provider.once('/v1/embeddings', { body })
    return sameAsDirect(provider, sluice, (client) =>
      client.embeddings.create({ model, input, ...(encoding_format === undefined ? {} : { encoding_format }) }),
    )
  }
  expect<unknown>((await asked('base64')).data[0]?.embedding).toBe(embedding)
  expect((await asked()).data[0]?.embedding).toEqual([...vector])
  // That is what the client asks for when it is asked for numbers.
  expect(provider.last().json()).toMatchObject({ encoding_format: 'base64' })
})

test('moderations of a text, of several, and of an image', async () => {
  const flagged = await sameAsDirect(provider, sluice, async (client) => {
    const { id: _, ...moderation } = await client.moderations.create({ input: 'something bad' })
    return moderation
  })
  expect(flagged.results[0]).toMatchObject({ flagged: true, categories: { violence: true } })
  await sameAsDirect(provider, sluice, async (client) => {
    const { results } = await client.moderations.create({
      model: 'omni-moderation-latest',
      input: [
        { type: 'text', text: 'fine' },
        { type: 'image_url', image_url: { url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' } },
      ],
    })
    return results
  })
  const { data, response } = await clientOf(sluice)
    .moderations.create({ input: ['fine', 'well'] })
    .withResponse()
  expect(data.results[0]?.flagged).toBe(false)
  expect((await sluice.eventOf(response)).data).toMatchObject({
    outcome: 'forwarded',
    operation: 'moderations.create',
  })
})
