import type { Json } from '@sluice/core'
import { detectors, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'
import { testDialect } from './suite.ts'

const gateway = served({
  apps: { open: {}, in: { policies: ['block-in'] } },
  config: { plugins: detectors, policies },
})
const model = 'models/llama-3.1-8b-q4_k_m.gguf'
const head = { created: 1764150001, model, system_fingerprint: 'b6840-aa1b2c3', id: 'chatcmpl-Gy6Xt' }
const timings = {
  cache_n: 0,
  prompt_n: 9,
  prompt_ms: 12.5,
  predicted_n: 4,
  predicted_ms: 80.25,
  predicted_per_second: 49.8,
}
const usage = { completion_tokens: 4, prompt_tokens: 9, total_tokens: 13 }
const chunk = (
  delta: Json,
  finish_reason: string | null = null,
  more: { readonly [name: string]: Json } = {},
): Json => ({
  choices: [{ finish_reason, index: 0, delta }],
  ...head,
  object: 'chat.completion.chunk',
  ...more,
})
const call = { type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } }

testDialect('llama.cpp', gateway, {
  requests: [
    {
      path: '/v1/chat/completions',
      body: {
        model,
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'Weather?' }] },
          { role: 'assistant', content: null, tool_calls: [{ id: '', ...call }] },
          { role: 'tool', content: 'rain' },
        ],
        grammar: 'root ::= "yes" | "no"',
        json_schema: { type: 'object', properties: { city: { const: 'Oslo' } } },
        response_format: { type: 'json_object', schema: { type: 'object', title: 'Weather' } },
        samplers: ['top_k', 'temperature'],
        dry_sequence_breakers: ['\n', ':'],
        logit_bias: [['never', false]],
        lora: [{ id: 0, scale: 0.5 }],
        chat_template_kwargs: { enable_thinking: false, persona: 'a pirate' },
        reasoning_format: 'deepseek',
        cache_prompt: true,
        id_slot: 0,
        n_predict: 64,
        n_probs: 2,
        mirostat: 2,
        timings_per_token: true,
        return_tokens: true,
        post_sampling_probs: false,
      },
    },
    {
      path: '/v1/completions',
      body: { model, prompt: 'Once', grammar: 'root ::= "x"', input_prefix: 'a', input_suffix: 'b' },
    },
  ],
  answers: [
    {
      name: 'content null at first, timings, comments, no word at the end',
      path: '/v1/chat/completions',
      whole: {
        choices: [
          {
            finish_reason: 'stop',
            index: 0,
            message: { role: 'assistant', reasoning_content: 'Wet.', content: 'It rains.' },
          },
        ],
        ...head,
        object: 'chat.completion',
        usage,
        timings,
        tokens_cached: 12,
      },
      frames: [
        ':\n\n',
        chunk({ role: 'assistant', content: null }),
        chunk({ reasoning_content: 'Wet.' }),
        ': ping\n\n',
        chunk({ content: 'It ' }, null, { timings }),
        chunk({ content: 'rains.' }, null, { timings }),
        ':\n',
        chunk({}, 'stop', { usage, timings, tokens_cached: 12 }),
      ],
    },
    {
      name: 'what it says of its doings',
      path: '/v1/chat/completions',
      whole: {
        choices: [{ finish_reason: 'stop', index: 0, message: { role: 'assistant', content: 'It rains.' } }],
        ...head,
        object: 'chat.completion',
        __verbose: {
          index: 0,
          content: '',
          id_slot: 0,
          stop: true,
          stop_type: 'word',
          stopping_word: 'END',
          prompt: '<s>Weather?',
        },
      },
      frames: [
        chunk({ role: 'assistant', content: null }),
        chunk({ content: 'It rains.' }),
        chunk({}, 'stop', {
          __verbose: {
            index: 0,
            content: '',
            id_slot: 0,
            stop: true,
            stop_type: 'word',
            stopping_word: 'END',
            prompt: '<s>Weather?',
          },
        }),
        'data: [DONE]\n\n',
      ],
    },
    {
      name: 'a tool call without an id',
      path: '/v1/chat/completions',
      whole: {
        choices: [
          {
            finish_reason: 'tool_calls',
            index: 0,
            message: { role: 'assistant', content: null, tool_calls: [{ id: '', ...call }] },
          },
        ],
        ...head,
        object: 'chat.completion',
        usage,
      },
      frames: [
        chunk({ role: 'assistant', content: null }),
        chunk({
          tool_calls: [{ index: 0, id: '', type: 'function', function: { name: 'get_weather', arguments: '{' } }],
        }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '"city":"Oslo"' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '}' } }] }),
        chunk({}, 'tool_calls', { usage }),
        'data: [DONE]\n\n',
      ],
    },
  ],
  errors: [
    { status: 503, body: { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } } },
    {
      status: 500,
      body: { error: { code: 500, message: 'failed to parse grammar', type: 'server_error', n_prompt_tokens: 9 } },
    },
    { status: 404, body: { error: 'File Not Found' } },
    { status: 500, body: 'Internal Server Error' },
  ],
})
