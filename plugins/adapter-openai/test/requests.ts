import type { JsonObject } from '@sluice/core'

const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA='

/** One request with everything a chat may hold. */
export const CHAT: JsonObject = {
  model: 'gpt-5.5',
  models: ['gpt-5.4', 'gpt-5.4-mini'],
  stream: true,
  user: 'user-1',
  safety_identifier: 'person-1',
  conversation: 'conv_1',
  messages: [
    { role: 'developer', content: 'Be brief.' },
    { role: 'system', content: [{ type: 'text', text: 'Be kind.' }], name: 'ops' },
    {
      role: 'user',
      name: 'ada',
      content: [
        { type: 'text', text: 'Look at ' },
        { type: 'image_url', image_url: { url: 'https://example.com/cat.png', detail: 'low' } },
        { type: 'image_url', image_url: { url: PNG } },
        { type: 'image_url', image_url: { url: 'data:text/plain;base64,aGlkZGVuIHdvcmRz' } },
        { type: 'input_audio', input_audio: { data: WAV, format: 'wav' } },
        { type: 'file', file: { filename: 'notes.txt', file_data: 'data:text/plain;base64,bm90ZXMgaW4gYSBmaWxl' } },
        { type: 'file', file: { file_id: 'file-abc123' } },
        { type: 'text', text: 'all of this.' },
      ],
    },
    {
      role: 'assistant',
      content: null,
      refusal: null,
      audio: null,
      function_call: null,
      annotations: [],
      reasoning_content: 'I should look.',
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } },
        { id: 'call_2', type: 'custom', custom: { name: 'sql', input: 'SELECT 1' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'rain' },
    {
      role: 'tool',
      tool_call_id: 'call_2',
      content: [
        { type: 'text', text: 'one ' },
        { type: 'text', text: 'row' },
      ],
    },
    { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }], tool_calls: null },
    { role: 'assistant', content: null, function_call: { name: 'old', arguments: '{"a":1}' } },
    { role: 'function', name: 'old', content: 'old result' },
    { role: 'user', content: 'And now?' },
  ],
  tools: [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'The weather of a city',
        parameters: { type: 'object', properties: { city: { type: 'string', enum: ['Oslo', 'Rome'] } } },
        strict: true,
      },
    },
    {
      type: 'custom',
      custom: {
        name: 'sql',
        description: 'A query',
        format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'start: "a"' } },
      },
    },
    { type: 'image_generation', model: 'gpt-image-1' },
  ],
  tool_choice: {
    type: 'allowed_tools',
    allowed_tools: {
      mode: 'auto',
      tools: [{ type: 'function', function: { name: 'get_weather' } }, { type: 'image_generation' }],
    },
  },
  parallel_tool_calls: true,
  functions: [{ name: 'old', description: 'An old one', parameters: { type: 'object' } }],
  function_call: { name: 'old' },
  web_search_options: { user_location: { type: 'approximate', approximate: { city: 'Oslo' } } },
  moderation: { model: 'omni-moderation-latest', policy: null },
  response_format: {
    type: 'json_schema',
    json_schema: { name: 'shape', description: 'What to say', schema: { type: 'object', title: 'Shape' } },
  },
  prediction: { type: 'content', content: [{ type: 'text', text: 'old code' }] },
  metadata: { ticket: 'T-1' },
  stop: ['END'],
  temperature: 0.5,
  stream_options: null,
  documents: [{ text: 'a field of another server' }],
}

export const COMPLETION: JsonObject = {
  model: 'gpt-3.5-turbo-instruct',
  prompt: ['Say ', 'this'],
  suffix: 'end',
  user: 'u',
}
export const EMBEDDING: JsonObject = { model: 'text-embedding-3-small', input: ['one', 'two'], user: 'u' }
export const MODERATION: JsonObject = {
  model: 'omni-moderation-latest',
  input: [
    { type: 'text', text: 'words' },
    { type: 'image_url', image_url: { url: PNG } },
  ],
}
export const BATCH: JsonObject = {
  input_file_id: 'file-abc123',
  endpoint: '/v1/chat/completions',
  completion_window: '24h',
  metadata: { batch: 'nightly' },
}
