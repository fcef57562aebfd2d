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

const SEALED = 'gAAAAABpJxQe8Zk1Yt5VQ2mC0lTnR9sUw3fXa7bHd6gEiJkLoPq-_w=='

/** One item of every type that a request may bring. */
const ITEMS: readonly JsonObject[] = [
  { role: 'developer', content: 'Be brief.' },
  {
    type: 'message',
    role: 'user',
    status: 'completed',
    content: [
      { type: 'input_text', text: 'Look at ', prompt_cache_breakpoint: { mode: 'explicit' } },
      { type: 'input_image', image_url: 'https://example.com/cat.png', detail: 'low' },
      { type: 'input_image', image_url: PNG, detail: 'auto' },
      { type: 'input_image', file_id: 'file-img1', detail: 'auto' },
      { type: 'input_file', filename: 'notes.txt', file_data: 'data:text/plain;base64,bm90ZXMgaW4gYSBmaWxl' },
      { type: 'input_file', file_url: 'https://example.com/notes.pdf', detail: 'low' },
      { type: 'input_file', file_id: 'file-abc123' },
      { type: 'input_audio', input_audio: { data: WAV, format: 'wav' } },
      { type: 'input_text', text: 'all of this.' },
    ],
  },
  {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    phase: 'commentary',
    content: [
      {
        type: 'output_text',
        text: 'I see a cat [1].',
        annotations: [
          { type: 'url_citation', start_index: 0, end_index: 5, url: 'https://example.com', title: 'Cats' },
        ],
        logprobs: [],
      },
      { type: 'refusal', refusal: 'No.' },
    ],
  },
  {
    type: 'reasoning',
    id: 'rs_1',
    summary: [{ type: 'summary_text', text: 'I should look.' }],
    content: [{ type: 'reasoning_text', text: 'Closely.' }],
    encrypted_content: SEALED,
  },
  { type: 'reasoning', id: 'rs_2', summary: [] },
  { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'get_weather', arguments: '{"city":"Oslo"}' },
  { type: 'function_call_output', call_id: 'call_1', output: 'rain', status: 'completed' },
  { type: 'function_call', call_id: 'call_2', name: 'find', namespace: 'crm', arguments: '{"id":7}', caller: null },
  {
    type: 'function_call_output',
    call_id: 'call_2',
    output: [
      { type: 'input_text', text: 'Ada, ' },
      { type: 'input_text', text: 'Oslo' },
      { type: 'input_image', image_url: PNG },
      { type: 'input_file', filename: 'card.txt', file_data: 'YSBidXNpbmVzcyBjYXJk' },
    ],
  },
  { type: 'custom_tool_call', id: 'ctc_1', call_id: 'call_3', name: 'sql', input: 'SELECT 1' },
  { type: 'custom_tool_call_output', call_id: 'call_3', output: 'one row' },
  { type: 'computer_call', id: 'cu_1', call_id: 'call_4', action: { type: 'type', text: 'umbrella' } },
  {
    type: 'computer_call_output',
    call_id: 'call_4',
    output: { type: 'computer_screenshot', image_url: PNG },
    acknowledged_safety_checks: [{ id: 'cu_sc_1', code: 'malicious_instructions', message: 'Look twice.' }],
  },
  {
    type: 'local_shell_call',
    id: 'lsh_1',
    call_id: 'call_5',
    action: { type: 'exec', command: ['bash', '-lc', 'date'], env: { TZ: 'UTC' }, working_directory: '/tmp' },
    status: 'completed',
  },
  { type: 'local_shell_call_output', id: 'call_5', output: '{"output":"Thu Nov 26"}' },
  { type: 'shell_call', call_id: 'call_6', action: { commands: ['ls -la', 'pwd'], timeout_ms: 1000 } },
  {
    type: 'shell_call_output',
    call_id: 'call_6',
    max_output_length: 4096,
    output: [{ stdout: 'notes.txt', stderr: 'a warning', outcome: { type: 'exit', exit_code: 0 } }],
  },
  {
    type: 'apply_patch_call',
    call_id: 'call_7',
    status: 'completed',
    operation: { type: 'update_file', path: 'notes.txt', diff: '@@ -one +two' },
  },
  { type: 'apply_patch_call_output', call_id: 'call_7', status: 'completed', output: 'Done.' },
  {
    type: 'mcp_list_tools',
    id: 'mcpl_1',
    server_label: 'wiki',
    tools: [{ name: 'ask', description: 'Ask it', input_schema: { type: 'object', title: 'Question' } }],
    error: 'one page was missing',
  },
  { type: 'mcp_approval_request', id: 'mcpr_1', server_label: 'wiki', name: 'ask', arguments: '{"q":"gates"}' },
  { type: 'mcp_approval_response', approval_request_id: 'mcpr_1', approve: true, reason: 'It is harmless.' },
  {
    type: 'mcp_call',
    id: 'mcp_1',
    server_label: 'wiki',
    name: 'ask',
    arguments: '{"q":"gates"}',
    output: 'A gate controls water.',
    error: { type: 'mcp_tool_execution_error', content: [{ type: 'text', text: 'half of it failed' }] },
    approval_request_id: 'mcpr_1',
  },
  {
    type: 'file_search_call',
    id: 'fs_1',
    status: 'completed',
    queries: ['umbrella policy'],
    results: [{ file_id: 'file-1', filename: 'policy.md', text: 'Umbrellas are lent.', score: 0.9, attributes: {} }],
  },
  {
    type: 'web_search_call',
    id: 'ws_1',
    status: 'completed',
    action: { type: 'search', query: 'weather', sources: [{ type: 'url', url: 'https://www.yr.no' }] },
  },
  {
    type: 'code_interpreter_call',
    id: 'ci_1',
    status: 'completed',
    container_id: 'cntr_1',
    code: 'print(1)',
    outputs: [
      { type: 'logs', logs: '1' },
      { type: 'image', url: 'https://example.com/plot.png' },
    ],
  },
  { type: 'image_generation_call', id: 'ig_1', status: 'completed', result: PNG.slice(PNG.indexOf(',') + 1) },
  { type: 'image_generation_call', id: 'ig_2', status: 'completed', result: null },
  { type: 'tool_search_call', call_id: 'call_8', execution: 'client', arguments: { goal: 'find a tool' } },
  {
    type: 'tool_search_output',
    call_id: 'call_8',
    execution: 'client',
    tools: [{ type: 'function', name: 'found', description: 'A tool that was found', parameters: null }],
  },
  {
    type: 'additional_tools',
    role: 'developer',
    tools: [{ type: 'custom', name: 'added', description: 'A tool that was added' }],
  },
  { type: 'program', id: 'prog_1', call_id: 'call_9', code: 'await find(7)', fingerprint: 'f1' },
  { type: 'program_output', id: 'po_1', call_id: 'call_9', result: '{"found":true}', status: 'completed' },
  { type: 'compaction', id: 'cmp_1', encrypted_content: SEALED },
  { type: 'item_reference', id: 'msg_2' },
  { id: 'msg_3' },
  { type: 'an item of tomorrow', note: { text: 'with words in it' } },
]

const RESPONSE_TOOLS: readonly JsonObject[] = [
  {
    type: 'function',
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string', enum: ['Oslo', 'Rome'] } } },
    strict: true,
  },
  { type: 'custom', name: 'sql', description: 'A query', format: { type: 'grammar', syntax: 'lark', definition: 'a' } },
  {
    type: 'namespace',
    name: 'crm',
    description: 'Customers',
    tools: [{ type: 'function', name: 'find', description: 'Find one', parameters: { type: 'object' } }],
  },
  {
    type: 'mcp',
    server_label: 'wiki',
    server_url: 'https://wiki.example.com/mcp',
    server_description: 'Pages',
    authorization: 'token-1',
    headers: { 'x-team': 'ops' },
    allowed_tools: ['ask'],
    require_approval: 'never',
  },
  { type: 'mcp', server_label: 'mail', connector_id: 'connector_gmail' },
  { type: 'web_search', filters: { allowed_domains: ['yr.no'] }, user_location: { type: 'approximate', city: 'Oslo' } },
  { type: 'file_search', vector_store_ids: ['vs_1'], filters: { type: 'eq', key: 'team', value: 'ops' } },
  { type: 'code_interpreter', container: { type: 'auto', file_ids: ['file-2'] } },
  { type: 'image_generation', model: 'gpt-image-1', input_image_mask: { file_id: 'file-3' } },
  {
    type: 'shell',
    environment: { type: 'container_auto', skills: [{ type: 'skill_reference', skill_id: 'skill_1' }] },
  },
  { type: 'apply_patch' },
]

/** One request with everything a response may be made from. */
export const RESPONSE: JsonObject = {
  model: 'gpt-5.5',
  models: ['gpt-5.4'],
  stream: true,
  background: false,
  user: 'user-1',
  safety_identifier: 'person-1',
  instructions: 'Answer in one sentence.',
  input: ITEMS,
  previous_response_id: 'resp_1',
  conversation: { id: 'conv_1' },
  prompt: {
    id: 'pmpt_1',
    version: '3',
    variables: { city: 'Oslo', picture: { type: 'input_image', image_url: PNG }, file: { file_id: 'file-4' } },
  },
  tools: RESPONSE_TOOLS,
  tool_choice: {
    type: 'allowed_tools',
    mode: 'auto',
    tools: [
      { type: 'function', name: 'get_weather' },
      { type: 'mcp', server_label: 'wiki', name: 'ask' },
      { type: 'image_generation' },
    ],
  },
  parallel_tool_calls: true,
  max_tool_calls: 3,
  moderation: { model: 'omni-moderation-latest', policy: null },
  text: {
    format: {
      type: 'json_schema',
      name: 'shape',
      description: 'What to say',
      schema: { title: 'Shape' },
      strict: true,
    },
    verbosity: 'low',
  },
  reasoning: { effort: 'low', summary: 'auto' },
  include: ['reasoning.encrypted_content'],
  context_management: [{ type: 'compaction', compact_threshold: 1000 }],
  metadata: { ticket: 'T-1' },
  prompt_cache_key: 'key-1',
  service_tier: 'auto',
  truncation: 'auto',
  store: true,
  stream_options: null,
  documents: [{ text: 'a field of another server' }],
}
export const COMPACTION: JsonObject = {
  model: 'gpt-5.5',
  input: ITEMS.slice(0, 4),
  instructions: 'Keep the names.',
  previous_response_id: 'resp_1',
}
export const TOKEN_COUNT: JsonObject = {
  model: 'gpt-5.5',
  input: 'How many are these?',
  conversation: 'conv_1',
  instructions: 'Count.',
  tools: RESPONSE_TOOLS.slice(0, 1),
}
export const CONVERSATION: JsonObject = { items: ITEMS.slice(0, 3), metadata: { ticket: 'T-1' } }
export const CONVERSATION_UPDATE: JsonObject = { metadata: { ticket: 'T-2' } }
export const CONVERSATION_ITEMS: JsonObject = { items: ITEMS }

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
