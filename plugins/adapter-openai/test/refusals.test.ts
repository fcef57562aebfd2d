import { afterAll, describe, expect, test } from 'bun:test'
import type { Denial, Refusal } from '@sluice/core'
import OpenAI from 'openai'
import { operations } from '../src/operations/all.ts'
import { responsesCreate } from '../src/operations/responses.ts'
import { refuseChat } from '../src/refusals/chat-refusal.ts'
import { refuseCompletion } from '../src/refusals/completion-refusal.ts'
import { refuseResponse } from '../src/refusals/response-refusal.ts'
import { NO_TARGET, readStream, verdictOf } from './core-inside.ts'

const MESSAGE = 'Content blocked due to policy violations'
const denial: Denial = { message: MESSAGE, exchange: 'x_1', model: 'gpt-5.5', created: 1764150001 }
const refusals = { chat: refuseChat, completions: refuseCompletion }

/** Answers what the gateway would, to the provider's own client. */
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  async fetch(request) {
    const { pathname } = new URL(request.url)
    const refuse = pathname.endsWith('/responses')
      ? refuseResponse
      : refusals[pathname.includes('/chat/') ? 'chat' : 'completions']
    const asked = await request.json()
    const { status, contentType, body } = refuse(denial, { stream: asked.stream === true, frame: 'chunk' })
    return new Response(body, { status, headers: { 'content-type': contentType } })
  },
})
const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${server.url}v1`, maxRetries: 0 })
const messages = [{ role: 'user' as const, content: 'x' }]

afterAll(() => server.stop(true))

describe('the official client takes a blocked answer', () => {
  test('chat, whole', async () => {
    const answer = await client.chat.completions.create({ model: 'gpt-5.5', messages })
    expect(answer.choices[0]?.message).toMatchObject({ role: 'assistant', content: MESSAGE })
    expect(answer.choices[0]?.finish_reason).toBe('content_filter')
    expect(answer.usage?.total_tokens).toBe(0)
  })

  test('chat, in the loop over a stream', async () => {
    let content = ''
    const finishes: unknown[] = []
    for await (const chunk of await client.chat.completions.create({ model: 'gpt-5.5', messages, stream: true })) {
      content += chunk.choices[0]?.delta.content ?? ''
      finishes.push(chunk.choices[0]?.finish_reason)
    }
    expect(content).toBe(MESSAGE)
    expect(finishes).toEqual(['content_filter'])
  })

  test('chat, in the helper for streams', async () => {
    const stream = client.chat.completions.stream({ model: 'gpt-5.5', messages })
    const seen: string[] = []
    stream.on('content', (delta) => seen.push(delta))
    const answer = await stream.finalChatCompletion()
    expect(seen).toEqual([MESSAGE])
    expect(answer.choices[0]?.message.content).toBe(MESSAGE)
    expect(answer.choices[0]?.finish_reason).toBe('content_filter')
  })

  test('completions, whole and streamed', async () => {
    const asked = { model: 'gpt-3.5-turbo-instruct', prompt: 'x' }
    const answer = await client.completions.create(asked)
    expect(answer.choices[0]).toMatchObject({ text: MESSAGE, finish_reason: 'content_filter' })
    let text = ''
    for await (const chunk of await client.completions.create({ ...asked, stream: true })) {
      text += chunk.choices[0]?.text ?? ''
    }
    expect(text).toBe(MESSAGE)
  })

  const asked = { model: 'gpt-5.5', input: 'x' }

  test('responses, whole', async () => {
    const answer = await client.responses.create(asked)
    expect(answer.output_text).toBe(MESSAGE)
    expect(answer.incomplete_details).toEqual({ reason: 'content_filter' })
    expect(answer.usage?.total_tokens).toBe(0)
  })

  test('responses, parsed, although it is not the JSON that was asked for', async () => {
    const format = { type: 'json_schema', name: 'shape', schema: { type: 'object' }, strict: true } as const
    const parsed = { ...format, $brand: 'auto-parseable-response-format', $parseRaw: JSON.parse } as const
    const answer = await client.responses.parse({ ...asked, text: { format: parsed } })
    expect([answer.output_text, answer.output_parsed]).toEqual([MESSAGE, null])
  })

  test('responses, in the loop over a stream: the events of a whole one', async () => {
    const types: string[] = []
    let text = ''
    for await (const event of await client.responses.create({ ...asked, stream: true })) {
      expect(event.sequence_number).toBe(types.length)
      types.push(event.type)
      if (event.type === 'response.output_text.delta') text += event.delta
    }
    expect(text).toBe(MESSAGE)
    expect([types[0], types.at(-1)]).toEqual(['response.created', 'response.completed'])
  })

  test('responses, in the helper for streams', async () => {
    const answer = await client.responses.stream(asked).finalResponse()
    expect([answer.status, answer.output_text]).toEqual(['completed', MESSAGE])
  })
})

describe('the bytes of a blocked answer', () => {
  test('responses: the first event begins as documented, and the last ends the response', () => {
    const { status, contentType, body } = refuseResponse(denial, { stream: true, frame: 'chunk' })
    expect([status, contentType]).toEqual([200, 'text/event-stream; charset=utf-8'])
    expect(body).toStartWith(`data: {"blocked":true,"message":"${MESSAGE}","type":"response.created","response":{`)
    const { view, ended } = readStream(responsesCreate, [new TextEncoder().encode(body)])
    const request = responsesCreate.readRequest({ type: 'none' }, NO_TARGET)
    const whole = JSON.parse(refuseResponse(denial, { stream: false, frame: 'chunk' }).body)
    const read = responsesCreate.readResponse({ type: 'json', text: '', value: whole }, { status: 200, request })
    expect(ended).toBe(true)
    // The gateway itself reads it as the whole, but for its own mark.
    const unmarked = { ...view, texts: view.texts.filter(({ sources }) => sources[0]?.place.pointer !== '/message') }
    expect(verdictOf(unmarked)).toEqual(verdictOf(read))
  })

  test('responses: the bare frame and nothing else', () => {
    const { body } = refuseResponse(denial, { stream: true, frame: 'bare' })
    expect(body).toBe(`data: {"blocked":true,"message":"${MESSAGE}"}\n\n`)
  })

  for (const [name, refuse] of Object.entries(refusals)) {
    test(`${name}: the frame begins as documented, and [DONE] follows`, () => {
      const { status, contentType, body }: Refusal = refuse(denial, { stream: true, frame: 'chunk' })
      expect(status).toBe(200)
      expect(contentType).toBe('text/event-stream; charset=utf-8')
      expect(body).toStartWith(`data: {"blocked":true,"message":"${MESSAGE}",`)
      expect(body).toEndWith('\n\ndata: [DONE]\n\n')
    })

    test(`${name}: the bare frame and nothing else`, () => {
      const { body } = refuse(denial, { stream: true, frame: 'bare' })
      expect(body).toBe(`data: {"blocked":true,"message":"${MESSAGE}"}\n\n`)
    })

    test(`${name}: a message with quotes stays one string`, () => {
      const { body } = refuse({ ...denial, message: 'a "b"\n' }, { stream: false, frame: 'chunk' })
      expect(body).toContain(JSON.stringify('a "b"\n'))
      expect(() => JSON.parse(body)).not.toThrow()
    })
  }

  test('the answer of chat, member by member', () => {
    expect(JSON.parse(refuseChat(denial, { stream: false, frame: 'chunk' }).body)).toEqual({
      id: 'chatcmpl-x_1',
      object: 'chat.completion',
      created: 1764150001,
      model: 'gpt-5.5',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: MESSAGE, refusal: null },
          logprobs: null,
          finish_reason: 'content_filter',
        },
      ],
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    })
  })
})

/** Answers of these are what a model says. */
const SHAPED = /\/completions$|\/responses(?:\/\{response_id\}(?:\/cancel)?)?$/

test('endpoints without a completion shape have none to refuse in', () => {
  for (const operation of operations) {
    const refusal = operation.refuse(denial, { stream: false, frame: 'chunk' })
    expect(refusal !== undefined).toBe(SHAPED.test(operation.path) && operation.methods[0] !== 'DELETE')
  }
})
