import type { JsonObject } from '@sluice/core'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const PDF = 'JVBERgABAgOAgQ=='
/** Base64 of bytes that are no text. */
export const SEAL = 'EpwBChgCKkABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQl'

/** One request with everything that a message may hold. */
export const MESSAGE: JsonObject = {
  model: 'claude-sonnet-4-6',
  fallbacks: [{ model: 'claude-haiku-4-5', max_tokens: 100 }],
  max_tokens: 1024,
  stream: true,
  metadata: { user_id: 'person-1' },
  container: { id: 'container_011', skills: [{ type: 'custom', skill_id: 'skill_01', version: 'latest' }] },
  thread: { type: 'continue', previous_message_id: 'msg_before' },
  system: [
    { type: 'text', text: 'Be brief. ', cache_control: { type: 'ephemeral', ttl: '1h' } },
    { type: 'text', text: 'Be kind.' },
  ],
  messages: [
    { role: 'user', content: 'Hello.' },
    { role: 'system', content: [{ type: 'text', text: 'From now on, be formal.' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Look at ' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
        { type: 'image', source: { type: 'url', url: 'https://example.com/cat.png' } },
        { type: 'image', source: { type: 'file', file_id: 'file_011' } },
        {
          type: 'document',
          title: 'A paper',
          context: 'Sent by mail',
          citations: { enabled: true },
          source: { type: 'base64', media_type: 'application/pdf', data: PDF },
        },
        { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'aGlkZGVuIHdvcmRz' } },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'All of a page.' } },
        { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'A chunk.' }] } },
        { type: 'document', source: { type: 'content', content: 'Another chunk.' } },
        { type: 'document', source: { type: 'url', url: 'https://example.com/paper.pdf' } },
        {
          type: 'search_result',
          source: 'https://example.com/kb',
          title: 'What we know',
          content: [{ type: 'text', text: 'A passage.' }],
        },
        { type: 'container_upload', file_id: 'file_012' },
        { type: 'text', text: 'all of this.' },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'I should look.', signature: SEAL },
        { type: 'redacted_thinking', data: SEAL },
        {
          type: 'text',
          text: 'I look.',
          citations: [{ type: 'char_location', cited_text: 'a page', document_index: 0 }],
        },
        { type: 'tool_use', id: 'toolu_01', name: 'get_weather', input: { city: 'Oslo', days: ['mon', 'tue'] } },
        { type: 'server_tool_use', id: 'srvtoolu_01', name: 'web_search', input: { query: 'weather' } },
        {
          type: 'web_search_tool_result',
          tool_use_id: 'srvtoolu_01',
          content: [
            { type: 'web_search_result', url: 'https://example.com/oslo', title: 'Oslo', encrypted_content: SEAL },
          ],
        },
        { type: 'server_tool_use', id: 'srvtoolu_02', name: 'bash_code_execution', input: { command: 'ls' } },
        {
          type: 'bash_code_execution_tool_result',
          tool_use_id: 'srvtoolu_02',
          content: {
            type: 'bash_code_execution_result',
            stdout: 'total 1',
            stderr: 'a warning',
            return_code: 0,
            content: [{ type: 'bash_code_execution_output', file_id: 'file_013' }],
          },
        },
        { type: 'mcp_tool_use', id: 'mcptoolu_01', name: 'find', server_name: 'docs', input: { q: 'gate' } },
        { type: 'mcp_tool_result', tool_use_id: 'mcptoolu_01', content: [{ type: 'text', text: 'A gate is a door.' }] },
        { type: 'compaction', content: 'What went before.', encrypted_content: SEAL },
      ],
    },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'toolu_01',
          content: [
            { type: 'text', text: 'It ' },
            { type: 'text', text: 'rains.' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'A forecast.' } },
          ],
        },
        { type: 'tool_result', tool_use_id: 'toolu_02', content: 'No such tool.', is_error: true },
        {
          type: 'tool_result',
          tool_use_id: 'toolu_03',
          content: [{ type: 'tool_reference', tool_name: 'get_weather' }],
        },
      ],
    },
    {
      role: 'system',
      content: [
        { type: 'tool_addition', tool: { type: 'tool_reference', name: 'get_weather' } },
        {
          type: 'tool_addition',
          tool: { type: 'tool_definition', definition: { name: 'late', description: 'Late', input_schema: {} } },
        },
        { type: 'tool_removal', tool: { type: 'mcp_toolset_reference', server_name: 'docs' } },
      ],
    },
    { role: 'assistant', content: 'The weather in Oslo is' },
  ],
  tools: [
    {
      name: 'get_weather',
      description: 'The weather of a city',
      input_schema: { type: 'object', properties: { city: { type: 'string', enum: ['Oslo', 'Rome'] } } },
      input_examples: [{ city: 'Oslo' }],
    },
    { type: 'custom', name: 'sql', input_schema: { type: 'object', description: 'A query' } },
    {
      type: 'web_search_20260209',
      name: 'web_search',
      allowed_domains: ['example.com'],
      user_location: { city: 'Oslo' },
    },
    { type: 'code_execution_20250825', name: 'code_execution' },
    { type: 'bash_20250124', name: 'bash' },
    { type: 'browser_toolset_20260801', configs: { navigate: { enabled: true } } },
    { type: 'advisor_20260301', name: 'advisor', model: 'claude-opus-4-8' },
    { type: 'mcp_toolset', mcp_server_name: 'docs', configs: { find: { enabled: true } } },
  ],
  tool_choice: { type: 'tool', name: 'get_weather', disable_parallel_tool_use: true },
  mcp_servers: [{ type: 'url', name: 'docs', url: 'https://mcp.example.com/sse', authorization_token: 'token-1' }],
  output_config: { effort: 'low', format: { type: 'json_schema', schema: { type: 'object', title: 'Shape' } } },
  output_format: { type: 'json_schema', schema: { type: 'object', title: 'Older shape' } },
  compaction: { type: 'summarize', instructions: 'Keep the names.' },
  context_management: { edits: [{ type: 'compact_20260112', instructions: 'Keep the numbers.' }] },
  thinking: { type: 'enabled', budget_tokens: 1024 },
  stop_sequences: ['END'],
  temperature: 0.5,
  service_tier: 'auto',
  a_field_of_tomorrow: { words: 'that nobody names' },
}

/** The members that a count is made of. */
export const COUNT: JsonObject = {
  model: 'claude-sonnet-4-6',
  system: 'Be brief.',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello.' }] }],
  tools: [{ name: 'get_weather', description: 'The weather of a city', input_schema: { type: 'object' } }],
  tool_choice: { type: 'auto' },
  thinking: { type: 'adaptive', display: 'summarized' },
  a_field_of_tomorrow: 'words',
}

export const BATCH: JsonObject = {
  requests: [
    { custom_id: 'first', params: { ...COUNT, max_tokens: 10 } },
    {
      custom_id: 'second',
      params: {
        model: 'claude-haiku-4-5',
        max_tokens: 10,
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_01', name: 'f', input: { a: ['b'] } }] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_01', content: 'a result' }] },
        ],
      },
    },
  ],
  a_field_of_tomorrow: 'words',
}
