import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json } from '@sluice/testing'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { found, served } from '../pitfalls/served.ts'
import { testDialect } from './suite.ts'

const gateway = served({
  apps: { open: {}, in: { policies: ['block-in'] } },
  config: { plugins: detectors, policies },
})
const model = 'meta-llama/Llama-3.1-8B-Instruct'
const head = { id: 'chatcmpl-5f3c0a', created: 1764150001, model }
const chunk = (choice: Json | undefined, more: { readonly [name: string]: Json } = {}): Json => ({
  ...head,
  object: 'chat.completion.chunk',
  choices: choice === undefined ? [] : [choice],
  ...more,
})
const delta = (value: Json, more: { readonly [name: string]: Json } = {}): Json => ({
  index: 0,
  delta: value,
  logprobs: null,
  finish_reason: null,
  token_ids: null,
  ...more,
})
const usage = { prompt_tokens: 9, total_tokens: 21, completion_tokens: 12, prompt_tokens_details: null }
const call = { name: 'get_weather', arguments: '{"city": "Oslo"}' }

testDialect('vLLM', gateway, {
  requests: [
    {
      path: '/v1/chat/completions',
      body: {
        model,
        messages: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look:' },
              { type: 'video_url', video_url: { url: 'https://example.com/v.mp4' } },
            ],
          },
          { role: 'assistant', content: 'Once', reasoning_content: 'Hm.' },
        ],
        documents: [{ title: 'Notes', text: 'Rain is expected.' }],
        chat_template: '{% for message in messages %}{{ message.content }}{% endfor %}',
        chat_template_kwargs: { enable_thinking: true, persona: 'a pirate' },
        mm_processor_kwargs: { note: 'x' },
        add_generation_prompt: false,
        continue_final_message: true,
        guided_json: { type: 'object', properties: { city: { type: 'string', enum: ['Oslo'] } } },
        guided_regex: '[A-Z][a-z]+',
        guided_choice: ['yes', 'no'],
        guided_grammar: 'root ::= "yes" | "no"',
        guided_decoding_backend: 'xgrammar',
        structured_outputs: { choice: ['yes', 'no'] },
        structural_tag: '{"structures":[]}',
        bad_words: ['never'],
        stop: ['END'],
        top_k: 20,
        min_p: 0.1,
        repetition_penalty: 1.1,
        length_penalty: 1,
        min_tokens: 1,
        ignore_eos: false,
        stop_token_ids: [2],
        skip_special_tokens: true,
        include_stop_str_in_output: true,
        prompt_logprobs: 1,
        truncate_prompt_tokens: 100,
        priority: 0,
        request_id: 'req-1',
        cache_salt: 'salt',
        kv_transfer_params: { remote_engine_id: 'engine' },
        vllm_xargs: { note: 'y' },
      },
    },
    {
      path: '/v1/completions',
      body: { model, prompt: 'Once', guided_choice: ['yes'], prompt_logprobs: 0, add_special_tokens: false },
    },
  ],
  answers: [
    {
      name: 'reasoning, a stop string, usage in every frame',
      path: '/v1/chat/completions',
      whole: {
        ...head,
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: 'It rains in Oslo.',
              refusal: null,
              annotations: null,
              audio: null,
              function_call: null,
              tool_calls: [],
              reasoning_content: 'Oslo is wet.',
            },
            logprobs: null,
            finish_reason: 'stop',
            stop_reason: 'END',
            token_ids: null,
          },
        ],
        service_tier: null,
        system_fingerprint: null,
        usage,
        prompt_logprobs: null,
        prompt_token_ids: null,
        kv_transfer_params: null,
      },
      frames: [
        chunk(delta({ role: 'assistant', content: '' }), { prompt_token_ids: null, usage }),
        chunk(delta({ reasoning_content: 'Oslo is ' }), { usage }),
        chunk(delta({ reasoning_content: 'wet.' }), { usage }),
        chunk(delta({ content: 'It rains ' }), { usage }),
        chunk(delta({ content: 'in Oslo.' }), { usage }),
        chunk(delta({ content: '' }, { finish_reason: 'stop', stop_reason: 'END' }), { usage }),
        chunk(undefined, { usage }),
        'data: [DONE]\n\n',
      ],
    },
    {
      name: 'a tool call, in newer words',
      path: '/v1/chat/completions',
      whole: {
        ...head,
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: null,
              reasoning: 'I ask.',
              tool_calls: [{ id: 'chatcmpl-tool-1', type: 'function', function: call }],
            },
            finish_reason: 'tool_calls',
            stop_reason: 128008,
          },
        ],
        usage,
      },
      frames: [
        chunk(delta({ role: 'assistant', content: '', reasoning_content: null })),
        chunk(delta({ reasoning: 'I ask.' })),
        chunk(
          delta({ tool_calls: [{ id: 'chatcmpl-tool-1', type: 'function', index: 0, function: { name: call.name } }] }),
        ),
        chunk(delta({ tool_calls: [{ index: 0, function: { arguments: '{"city": ' } }] })),
        chunk(delta({ tool_calls: [{ index: 0, function: { arguments: '"Oslo"}' } }] })),
        chunk(delta({ content: '' }, { finish_reason: 'tool_calls', stop_reason: 128008 })),
        chunk(undefined, { usage }),
        'data: [DONE]\n\n',
      ],
    },
  ],
  errors: [
    { status: 400, body: { object: 'error', message: 'too long', type: 'BadRequestError', param: null, code: 400 } },
    { status: 404, body: { error: { message: 'no such model', type: 'NotFoundError', param: 'model', code: 404 } } },
    { status: 422, body: { detail: [{ type: 'missing', loc: ['body', 'messages'], msg: 'Field required' }] } },
  ],
})

describe('vLLM: what of it is not a string at its place', () => {
  const ask = (body: object, app = 'open') => gateway.send('/v1/completions', JSON.stringify(body), { app })

  test('the prompt that comes back token by token is read joined', async () => {
    const entries = (cut: number): Json => {
      const text = `the number is ${needle}.`
      const tokens = text.match(new RegExp(`.{1,${cut}}`, 'g')) ?? []
      return [
        null,
        ...tokens.map((decoded_token, at) => ({ [String(9000 - at)]: { logprob: -1, rank: 1, decoded_token } })),
      ]
    }
    for (const cut of [1, 3, 7]) {
      for (const body of [
        { choices: [{ index: 0, text: 'ok', prompt_logprobs: entries(cut) }] },
        { choices: [{ index: 0, message: { content: 'ok' } }], prompt_logprobs: entries(cut) },
      ]) {
        gateway.upstream.respond(json(body))
        expect(found(await gateway.record(await ask({ model, prompt: 'hi', prompt_logprobs: 0 })))).toHaveLength(1)
      }
    }
  })

  test('embeddings in place of a prompt are refused where a rule could block the words they stand for', async () => {
    const tensor = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 8, 8, 0, 0]).toString('base64')
    for (const prompt_embeds of [tensor, [tensor]]) {
      const strict = await ask({ model, prompt_embeds }, 'in')
      expect(await gateway.record(strict)).toMatchObject({ status: 400, code: 'SLUICE_OPAQUE_INPUT' })
      gateway.upstream.respond(json({ choices: [] }))
      const { segments } = await gateway.record(await ask({ model, prompt_embeds }))
      expect(segments.notInspected).toMatchObject([{ content: 'tokens', direction: 'ingress' }])
    }
  })

  test('embeddings in place of a picture are on record as not read', async () => {
    const image_embeds = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 8, 8, 0, 0]).toString('base64')
    const body = { model, messages: [{ role: 'user', content: [{ type: 'image_embeds', image_embeds }] }] }
    gateway.upstream.respond(json({ choices: [] }))
    const { segments } = await gateway.record(await gateway.send('/v1/chat/completions', body, { app: 'open' }))
    expect(segments.notInspected).toMatchObject([{ content: 'image', reason: 'embeddings are not read' }])
  })
})
