import { beforeAll, describe, expect, test } from 'bun:test'
import { type HeaderList, json, rawRequest } from '@sluice/testing'
import { prompt, whole } from '../pitfalls/answers.ts'
import { type Served, served } from '../pitfalls/served.ts'
import { pin } from './pinned.ts'

const openai = served({ apps: { pinned: {}, free: {} } })
const azure = served({
  adapter: { path: '/openai', options: { api: 'azure' } },
  apps: { key: {}, either: {} },
})
const chat = '/v1/chat/completions'
const deployed = '/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21'
const ours = 'Bearer sk-ours'
const [organization, project] = ['org-ours', 'proj_ours']

beforeAll(async () => {
  await pin(openai.sluice, {
    pinned: { authorization: [ours], 'openai-organization': [organization], 'openai-project': [project, 'proj_other'] },
  })
  await pin(azure.sluice, {
    key: { 'api-key': ['azure-ours', 'azure-second'] },
    either: { 'api-key': ['azure-ours'], authorization: ['Bearer entra-ours'] },
  })
}, 30_000)

/** Sends a prompt with these credentials and no others. */
async function ask(gateway: Served, path: string, app: string, credentials: Readonly<Record<string, string>>) {
  const before = gateway.upstream.requests.length
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  const headers: HeaderList = [
    ['content-type', 'application/json'],
    ['x-detection-key', gateway.sluice.key(app)],
    ...Object.entries(credentials),
  ]
  // Not by `send`, which brings the usual key of these tests.
  const body = JSON.stringify(prompt('hi'))
  const answer = await rawRequest(`${gateway.sluice.url}${path}`, { method: 'POST', headers, body })
  return { answer, called: gateway.upstream.requests.length - before }
}

async function expectForeign(gateway: Served, path: string, app: string, credentials: Record<string, string>) {
  const { answer, called } = await ask(gateway, path, app, credentials)
  expect([JSON.stringify(credentials), answer.status, answer.json(), called]).toEqual([
    JSON.stringify(credentials),
    403,
    { error: "The provider credentials are not among those this key's policy allows." },
    0,
  ])
  const event = await gateway.record(answer)
  expect(event).toMatchObject({ outcome: 'refused', code: 'SLUICE_CREDENTIAL_NOT_ALLOWED' })
  for (const value of Object.values(credentials)) {
    if (value !== '') expect(JSON.stringify(event)).not.toContain(value)
  }
}

describe('42 a stranger’s provider key, organization or project', () => {
  const good = { authorization: ours, 'openai-organization': organization, 'openai-project': project }

  test('the pinned ones pass, each of several', async () => {
    for (const credentials of [good, { ...good, 'openai-project': 'proj_other' }]) {
      const { answer, called } = await ask(openai, chat, 'pinned', credentials)
      expect([answer.status, called]).toEqual([200, 1])
      expect(openai.upstream.requests.at(-1)?.header('authorization')).toBe(ours)
    }
  })

  test('any other: 403, upstream untouched', async () => {
    const { authorization, ...withoutKey } = good
    const { 'openai-project': _, ...withoutProject } = good
    for (const credentials of [
      { ...good, authorization: 'Bearer sk-stranger' },
      { ...good, authorization: 'bearer sk-ours' },
      { ...good, authorization: 'Bearer sk-ours2' },
      { ...good, authorization: 'Basic c2stb3Vycw==' },
      { ...good, 'openai-organization': 'org-stranger' },
      { ...good, 'openai-project': 'proj_stranger' },
      { ...good, 'openai-project': '' },
      withoutProject,
      withoutKey,
      { ...good, 'api-key': 'stranger' },
      { ...good, 'ocp-apim-subscription-key': 'stranger' },
    ]) {
      await expectForeign(openai, chat, 'pinned', credentials)
    }
    for (const query of ['?api-key=stranger', '?a=b&API-Key=stranger', '?subscription-key=stranger', '?api%2Dkey=x']) {
      await expectForeign(openai, chat + query, 'pinned', good)
    }
  })

  test('on every endpoint', async () => {
    const before = openai.upstream.requests.length
    for (const [method, path] of [
      ['GET', '/v1/models'],
      ['GET', '/v1/batches'],
      ['POST', '/v1/batches/batch_1/cancel'],
      ['POST', '/v1/embeddings'],
    ] as const) {
      const headers = [['authorization', 'Bearer sk-stranger']] as const
      const answer = await openai.send(path, undefined, { app: 'pinned', method, headers })
      expect([path, answer.status]).toEqual([path, 403])
    }
    expect(openai.upstream.requests).toHaveLength(before)
  })

  test('an AppContext that pins nothing takes any', async () => {
    const { answer } = await ask(openai, chat, 'free', { authorization: 'Bearer sk-stranger', 'api-key': 'x' })
    expect(answer.status).toBe(200)
  })

  test('the key of Azure: a pinned one passes', async () => {
    for (const key of ['azure-ours', 'azure-second']) {
      for (const path of [deployed, '/openai/v1/chat/completions']) {
        const { answer, called } = await ask(azure, path, 'key', { 'api-key': key })
        expect([answer.status, called]).toEqual([200, 1])
        expect(azure.upstream.requests.at(-1)?.header('api-key')).toBe(key)
      }
    }
  })

  test('the key of Azure: any other, or another beside it: 403, upstream untouched', async () => {
    for (const credentials of [
      { 'api-key': 'azure-stranger' },
      { 'api-key': 'azure-ours, azure-stranger' },
      { authorization: 'Bearer entra-stranger' },
      { 'api-key': 'azure-ours', authorization: 'Bearer entra-stranger' },
      { 'api-key': 'azure-ours', 'ocp-apim-subscription-key': 'stranger' },
      {},
    ]) {
      await expectForeign(azure, deployed, 'key', credentials)
      await expectForeign(azure, '/openai/v1/chat/completions', 'key', credentials)
    }
    await expectForeign(azure, `${deployed}&api-key=stranger`, 'key', { 'api-key': 'azure-ours' })
  })

  test('where the key and the token are pinned, either will do, and both must be ours', async () => {
    const token = { authorization: 'Bearer entra-ours' }
    const key = { 'api-key': 'azure-ours' }
    for (const credentials of [token, key, { ...token, ...key }, { ...key, authorization: '' }]) {
      expect((await ask(azure, deployed, 'either', credentials)).answer.status).toBe(200)
    }
    await expectForeign(azure, deployed, 'either', { ...token, 'api-key': 'azure-stranger' })
    await expectForeign(azure, deployed, 'either', { ...key, authorization: 'Bearer entra-stranger' })
  })
})
