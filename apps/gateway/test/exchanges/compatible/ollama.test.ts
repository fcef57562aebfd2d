import type { Json } from '@sluice/core'
import { detectors, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'
import { testDialect } from './suite.ts'

const gateway = served({
  apps: { open: {}, in: { policies: ['block-in'] } },
  config: { plugins: detectors, policies },
})
const model = 'qwen3:8b'
const head = { id: 'chatcmpl-521', created: 1764150001, model, system_fingerprint: 'fp_ollama' }
/** Says the role again in every frame, and leaves out what it does not have: log probabilities, refusals, tiers. */
const chunk = (delta: { readonly [name: string]: Json }, finish_reason: string | null = null): Json => ({
  ...head,
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { role: 'assistant', content: '', ...delta }, finish_reason }],
})
const usage = { prompt_tokens: 26, completion_tokens: 12, total_tokens: 38 }
const lastUsage: Json = { ...head, object: 'chat.completion.chunk', choices: [], usage }
const call = {
  id: 'call_9xk2',
  index: 0,
  type: 'function',
  function: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
}

testDialect('Ollama', gateway, {
  requests: [
    {
      path: '/v1/chat/completions',
      body: {
        model: 'hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Weather?' },
          { role: 'assistant', content: '', reasoning: 'I ask.', tool_calls: [call] },
          { role: 'tool', content: 'rain', tool_name: 'get_weather', name: 'get_weather' },
        ],
        think: 'high',
        reasoning: { effort: 'high' },
        reasoning_effort: 'high',
        keep_alive: '5m',
        format: { type: 'object', title: 'Weather' },
        options: { num_ctx: 8192, stop: ['END'] },
        template: '{{ .Prompt }}',
        stream_options: { include_usage: true },
      },
    },
    { path: '/v1/completions', body: { model, prompt: 'Once', suffix: 'end', template: '{{ .Prompt }}' } },
    { path: '/v1/embeddings', body: { model: 'nomic-embed-text', input: ['one', 'two'], keep_alive: '5m' } },
  ],
  answers: [
    {
      name: 'reasoning, the role in every frame, usage last',
      path: '/v1/chat/completions',
      whole: {
        ...head,
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: 'It rains.', reasoning: 'Oslo is wet.' },
            finish_reason: 'stop',
          },
        ],
        usage,
      },
      frames: [
        chunk({ reasoning: 'Oslo is ' }),
        chunk({ reasoning: 'wet.' }),
        chunk({ content: 'It ' }),
        chunk({ content: 'rains.' }),
        chunk({}, 'stop'),
        lastUsage,
        'data: [DONE]\n\n',
      ],
    },
    {
      name: 'a tool call that comes in one piece',
      path: '/v1/chat/completions',
      whole: {
        ...head,
        object: 'chat.completion',
        choices: [
          { index: 0, message: { role: 'assistant', content: '', tool_calls: [call] }, finish_reason: 'tool_calls' },
        ],
        usage,
      },
      frames: [chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'), lastUsage, 'data: [DONE]\n\n'],
    },
    {
      name: 'neither ids nor times, and no word at the end',
      path: '/v1/chat/completions',
      whole: { model, choices: [{ message: { content: 'It rains.' }, finish_reason: 'stop' }] },
      frames: [
        { model, choices: [{ delta: { content: 'It ' } }] },
        { model, choices: [{ delta: { content: 'rains.' } }] },
        { model, choices: [{ delta: {}, finish_reason: 'stop' }] },
      ],
    },
    {
      name: 'the older completions',
      path: '/v1/completions',
      whole: {
        ...head,
        object: 'text_completion',
        choices: [{ text: 'It rains.', index: 0, finish_reason: 'stop' }],
        usage,
      },
      frames: [
        { ...head, object: 'text_completion', choices: [{ text: 'It ', index: 0, finish_reason: null }] },
        { ...head, object: 'text_completion', choices: [{ text: 'rains.', index: 0, finish_reason: null }] },
        { ...head, object: 'text_completion', choices: [{ text: '', index: 0, finish_reason: 'stop' }] },
        { ...head, object: 'text_completion', choices: [], usage },
        'data: [DONE]\n\n',
      ],
    },
  ],
  errors: [
    { status: 404, body: { error: { message: 'model "x" not found', type: 'api_error', param: null, code: null } } },
    { status: 404, body: { error: "model 'x' not found, try pulling it first" } },
    { status: 400, body: 'json: cannot unmarshal' },
    { status: 404, body: '404 page not found' },
  ],
})
