import { describe, expect, test } from 'bun:test'
import { json, rawRequest } from '@sluice/testing'
import { prompt, whole } from '../pitfalls/answers.ts'
import { type Served, served } from '../pitfalls/served.ts'
import { ANTHROPIC } from '../sdk/anthropic-client.ts'

const OPENAI = '@sluice/adapter-openai'
const apps = { both: { adapter: [OPENAI, ANTHROPIC] }, openai: { adapter: [OPENAI] }, claude: { adapter: [ANTHROPIC] } }
const gateway = served({ adapters: [OPENAI, ANTHROPIC], apps })
const all = {
  authorization: 'Bearer one-key',
  'x-api-key': 'sk-ant',
  'api-key': 'azure',
  'ocp-apim-subscription-key': 'apim',
  'openai-organization': 'org',
  'openai-project': 'proj',
}
const chat = { method: 'POST', path: '/v1/chat/completions', body: prompt('hi') }
const claude = { method: 'POST', path: '/v1/messages', body: { ...prompt('hi'), max_tokens: 9 } }

/** The credentials that reach the provider. */
async function carried({ sluice, upstream }: Served, app: string, { method, path, body }: typeof chat) {
  upstream.respond(json(whole([{ content: 'ok' }])))
  const headers = [['content-type', 'application/json'], ['x-detection-key', sluice.key(app)], ...Object.entries(all)]
  const answer = await rawRequest(`${sluice.url}${path}`, {
    method,
    headers: headers.map(([name = '', value = '']) => [name, value] as const),
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  const sent = upstream.requests.at(-1)
  return Object.keys(all).filter((name) => sent?.header(name) !== undefined)
}

describe('42 a key to one provider goes to another', () => {
  test('of an AppContext’s adapters, each gets its own', async () => {
    expect(await carried(gateway, 'both', chat)).toEqual(Object.keys(all).filter((name) => name !== 'x-api-key'))
    expect(await carried(gateway, 'both', claude)).toEqual(['authorization', 'x-api-key'])
  })

  test('where there is one, all pass as they came', async () => {
    expect(await carried(gateway, 'openai', chat)).toEqual(Object.keys(all))
    expect(await carried(gateway, 'claude', claude)).toEqual(Object.keys(all))
  })
})
