import { afterAll, beforeAll, expect, test } from 'bun:test'
import openai from '@sluice/adapter-openai'
import { json, startUpstream, type Upstream } from '@sluice/testing'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { card, completion, email, prompt } from './provider.ts'
import { says } from './sentences.ts'

let upstream: Upstream
let sluice: TestSluice

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({
    upstream: upstream.url,
    apps: { app: {}, listed: { allowedModels: ['gpt-4o'] }, suspended: { status: 'suspended' } },
    config: { plugins: [{ use: '@sluice/detector-pii' }] },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})

test(says('Error Handling — Handle Sluice-specific errors in your application'), async () => {
  // Ours have a text where the provider's have an object: that tells them apart.
  const own = [
    await fetch(`${sluice.url}/v1/models`),
    await sluice.post('/v1/chat/completions', prompt('x'), { app: 'suspended' }),
    await sluice.post('/v1/chat/completions', prompt('x'), { app: 'listed' }),
    await sluice.post('/v1/chat/completions', '{"model": "gpt-4", "model": "gpt-5"}'),
    await sluice.post('/v1/no-such-endpoint', {}),
  ]
  expect(own.map(({ status }) => status)).toEqual([401, 403, 403, 400, 404])
  for (const response of own) {
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('x-sluice-exchange-id')).toMatch(/^ex_/)
    expect(response.headers.get('x-should-retry')).toBe('false')
    expect(await response.json()).toEqual({ error: expect.any(String) })
  }
  const error = '{"error": {"message": "No.", "type": "invalid_request_error", "param": null, "code": null}}'
  upstream.respond(json(error, { status: 400 }))
  const theirs = await sluice.post('/v1/chat/completions', prompt('x'))
  expect([theirs.status, await theirs.text()]).toEqual([400, error])
  expect(theirs.headers.get('x-should-retry')).toBeNull()
})

test(says('Understanding Detections — What Sluice scans for'), async () => {
  upstream.respond(json(completion({ content: `Ask ${email}.` })))
  const response = await sluice.post('/v1/chat/completions', prompt(`Card: ${card}`))
  await response.text()
  const { data } = await sluice.eventOf(response)
  const common = { riskDomain: 'DATA_PROTECTION', detector: '@sluice/detector-pii' }
  expect(data.detections).toMatchObject([
    {
      ...common,
      type: 'FINANCIAL_CARD_NUMBER',
      riskCategory: 'FINANCIAL_DATA_EXPOSURE',
      severity: 'HIGH',
      dataClassification: 'FINANCIAL',
      lifecycle: 'INGRESS',
      place: { pointer: '/messages/0/content' },
      start: 6,
      end: 6 + card.length,
    },
    {
      ...common,
      type: 'PII_EMAIL',
      riskCategory: 'PII_EXPOSURE',
      severity: 'MEDIUM',
      dataClassification: 'PII',
      lifecycle: 'EGRESS',
      place: { pointer: '/choices/0/message/content' },
      start: 4,
      end: 4 + email.length,
    },
  ])
  for (const { fingerprint } of data.detections) expect(fingerprint).toMatch(/^[0-9a-f]{16}$/)
  // Where, what and how sure, and never the text itself.
  expect(JSON.stringify(data)).not.toContain('4111')
  expect(JSON.stringify(data)).not.toContain('lovelace')
})

test(says('API Reference — Full endpoint reference'), async () => {
  const unknown = await sluice.post('/v1/no-such-endpoint', {})
  const { error } = (await unknown.json()) as { error: string }
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const { signal } = new AbortController()
  const adapter = await openai.create(
    { baseUrl: upstream.url, allowInsecure: false },
    {
      instance: 'openai',
      folder: '.',
      log,
      signal,
      now: Date.now,
    },
  )
  expect(adapter.operations.length).toBeGreaterThan(10)
  for (const { methods, path } of adapter.operations) {
    for (const method of methods) expect(error).toContain(`${method} ${path}`)
  }
})
