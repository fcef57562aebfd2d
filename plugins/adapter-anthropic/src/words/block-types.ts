/** The types of content blocks, of what stands in them, and of the results of tools. */
export const BLOCK_TYPES: ReadonlySet<string> = new Set(
  `advisor_redacted_result advisor_result advisor_tool_result advisor_tool_result_error bash_code_execution_output
  bash_code_execution_result bash_code_execution_tool_result bash_code_execution_tool_result_error browser_state
  char_location code_execution_output code_execution_result code_execution_tool_result
  code_execution_tool_result_error compaction container_upload content_block_location document
  encrypted_code_execution_result fallback image mcp_tool_listing mcp_tool_result mcp_tool_use page_location
  redacted_thinking refusal search_result search_result_location server_tool_use text
  text_editor_code_execution_create_result text_editor_code_execution_str_replace_result
  text_editor_code_execution_tool_result text_editor_code_execution_tool_result_error
  text_editor_code_execution_view_result thinking tool_addition tool_reference tool_removal tool_result
  tool_search_tool_result tool_search_tool_result_error tool_search_tool_search_result tool_use web_fetch_result
  web_fetch_tool_result web_fetch_tool_result_error web_search_result web_search_result_location
  web_search_tool_result web_search_tool_result_error`.split(/\s+/),
)

/** The ways in which the bytes of an image or a document are given. */
export const SOURCE_TYPES: ReadonlySet<string> = new Set(['base64', 'text', 'content', 'url', 'file'])

export const ROLES: ReadonlySet<string> = new Set(['user', 'assistant', 'system'])

/** `bash_20250124`, `web_search_20260209`: a tool of the provider's making, and the day of its version. */
export const CALLER_TYPES: ReadonlySet<string> = new Set([
  'direct',
  'code_execution_20250825',
  'code_execution_20260120',
  'code_execution_20260521',
])
