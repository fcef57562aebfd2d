import { describe, expect, test } from 'bun:test'
import { json } from '@sluice/testing'
import { served } from '../pitfalls/served.ts'
import { ANTHROPIC, anthropicOf } from './anthropic-client.ts'
import { clientOf } from './client.ts'

const gateway = served({ adapters: ['@sluice/adapter-openai', ANTHROPIC] })

const operationOf = async (exchange: string | null) => (await gateway.sluice.eventOf(exchange ?? '')).data

describe('one AppContext, two providers', () => {
  test('models are asked of the provider whose client asks', async () => {
    gateway.upstream.respond(json('{"data":[{"id":"claude-sonnet-4-6","type":"model"}],"has_more":false}'))
    const anthropic = await anthropicOf(gateway.sluice).models.list().withResponse()
    expect(anthropic.data.data).toMatchObject([{ id: 'claude-sonnet-4-6' }])
    expect(await operationOf(anthropic.response.headers.get('x-sluice-exchange-id'))).toMatchObject({
      adapter: ANTHROPIC,
      operation: 'models.list',
    })
    gateway.upstream.respond(json('{"object":"list","data":[{"id":"gpt-5.5","object":"model"}]}'))
    const openai = await clientOf(gateway.sluice).models.list().withResponse()
    expect(openai.data.data).toMatchObject([{ id: 'gpt-5.5' }])
    expect(await operationOf(openai.response.headers.get('x-sluice-exchange-id'))).toMatchObject({
      adapter: '@sluice/adapter-openai',
      operation: 'models.list',
    })
  })

  test('a header tells, also where a model is named and the key is in x-api-key', async () => {
    gateway.upstream.respond(json('{"id":"m"}'))
    for (const [headers, adapter] of [
      [[['anthropic-version', '2023-06-01']], ANTHROPIC],
      [[['x-api-key', 'sk-ant-test']], ANTHROPIC],
      [[], '@sluice/adapter-openai'],
    ] as const) {
      const answer = await gateway.send('/v1/models/m', undefined, { method: 'GET', headers })
      expect(answer.status).toBe(200)
      expect(await gateway.record(answer)).toMatchObject({ adapter, operation: 'models.retrieve' })
    }
  })

  test('chat and messages go each its own way', async () => {
    gateway.upstream.respond(json('{"type":"message","content":[],"usage":{}}'))
    const messages = [{ role: 'user' as const, content: 'x' }]
    await anthropicOf(gateway.sluice).messages.create({ model: 'claude-sonnet-4-6', max_tokens: 1, messages })
    gateway.upstream.respond(json('{"object":"chat.completion","choices":[]}'))
    await clientOf(gateway.sluice).chat.completions.create({ model: 'gpt-5.5', messages })
    expect(gateway.upstream.requests.slice(-2).map(({ target }) => target)).toEqual([
      '/v1/messages',
      '/v1/chat/completions',
    ])
  })
})

describe('batches', () => {
  const batch = { id: 'msgbatch_01', type: 'message_batch', processing_status: 'in_progress', results_url: null }
  const params = { model: 'claude-sonnet-4-6', max_tokens: 1, messages: [{ role: 'user' as const, content: 'x' }] }

  test('are made, listed, looked at, stopped and removed', async () => {
    const { batches } = anthropicOf(gateway.sluice).messages
    gateway.upstream.respond(json(JSON.stringify(batch)))
    expect(await batches.create({ requests: [{ custom_id: 'a', params }] })).toMatchObject({ id: 'msgbatch_01' })
    expect(await batches.retrieve('msgbatch_01')).toMatchObject({ id: 'msgbatch_01' })
    expect(await batches.cancel('msgbatch_01')).toMatchObject({ id: 'msgbatch_01' })
    gateway.upstream.respond(json(JSON.stringify({ data: [batch], has_more: false })))
    expect((await batches.list()).data).toHaveLength(1)
    gateway.upstream.respond(json('{"id":"msgbatch_01","type":"message_batch_deleted"}'))
    expect(await batches.delete('msgbatch_01')).toMatchObject({ type: 'message_batch_deleted' })
    expect(gateway.upstream.requests.slice(-5).map(({ method, target }) => `${method} ${target}`)).toEqual([
      'POST /v1/messages/batches',
      'GET /v1/messages/batches/msgbatch_01',
      'POST /v1/messages/batches/msgbatch_01/cancel',
      'GET /v1/messages/batches',
      'DELETE /v1/messages/batches/msgbatch_01',
    ])
  })

  test('results come as they are', async () => {
    const line = '{"custom_id":"a","result":{"type":"succeeded","message":{"type":"message","content":[]}}}\n'
    gateway.upstream.respond(json(line, { headers: { 'content-type': 'application/x-jsonl' } }))
    const answer = await gateway.send('/v1/messages/batches/msgbatch_01/results', undefined, { method: 'GET' })
    expect([answer.status, answer.text()]).toEqual([200, line])
  })
})
