import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { all, clientOf, sameAsDirect } from './client.ts'

let provider: Provider
let sluice: TestSluice

beforeAll(async () => {
  provider = await startProvider()
  sluice = await startSluice({ upstream: provider.url })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

test('models: list', async () => {
  const models = await sameAsDirect(provider, sluice, async (client) =>
    (await all(await client.models.list())).map(({ id }) => id),
  )
  expect(models.length).toBeGreaterThan(1)
  expect(provider.last()).toMatchObject({ method: 'GET', path: '/v1/models' })
})

test('models: retrieve, also one whose name has colons', async () => {
  // aimock does not have this endpoint.
  for (const id of ['gpt-4o', 'ft:gpt-4o:acme::7p4l']) {
    const body = { id, object: 'model', created: 1700000000, owned_by: 'system' }
    for (let times = 0; times < 2; times++) provider.once(`/v1/models/${id}`, { body })
    const model = await sameAsDirect(provider, sluice, (client) => client.models.retrieve(id))
    expect<unknown>(model).toEqual(body)
  }
})

test('batches: create, retrieve, list and cancel', async () => {
  const client = clientOf(sluice)
  const created = await client.batches.create({
    input_file_id: 'file-abc123',
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
    metadata: { night: 'shift' },
  })
  expect(provider.last()).toMatchObject({ method: 'POST', path: '/v1/batches' })
  expect(created).toMatchObject({ object: 'batch', status: 'validating', input_file_id: 'file-abc123' })
  const retrieved = await client.batches.retrieve(created.id)
  expect(provider.last()).toMatchObject({ method: 'GET', path: `/v1/batches/${created.id}` })
  expect(retrieved.id).toBe(created.id)
  const listed = await client.batches.list({ limit: 5 })
  expect(provider.last()).toMatchObject({ method: 'GET', path: '/v1/batches?limit=5' })
  expect(listed.data.map(({ id }) => id)).toContain(created.id)
  const cancelled = await client.batches.cancel(created.id)
  expect(provider.last()).toMatchObject({ method: 'POST', path: `/v1/batches/${created.id}/cancel` })
  expect(cancelled.status).toBe('cancelling')
})
