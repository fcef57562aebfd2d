/** What the items of a conversation are, beside messages: calls of tools and what came of them. */
export interface CallType {
  /** What the tool is called where the item does not say. */
  readonly tool?: string
  /** The member that holds what the model wrote for the tool. */
  readonly input: readonly string[]
}

/** `web_search_call` and the like: one item holds the call and, once it has run, what came of it. */
export const CALL_TYPES: ReadonlyMap<string, CallType> = new Map([
  ['function_call', { input: ['arguments'] }],
  ['custom_tool_call', { input: ['input'] }],
  ['mcp_call', { input: ['arguments'] }],
  ['mcp_approval_request', { input: ['arguments'] }],
  ['code_interpreter_call', { tool: 'code_interpreter', input: ['code'] }],
  ['program', { tool: 'programmatic_tool_calling', input: ['code'] }],
  ['web_search_call', { tool: 'web_search', input: ['action'] }],
  ['file_search_call', { tool: 'file_search', input: ['queries'] }],
  ['computer_call', { tool: 'computer', input: ['action', 'actions'] }],
  ['local_shell_call', { tool: 'local_shell', input: ['action'] }],
  ['shell_call', { tool: 'shell', input: ['action'] }],
  ['apply_patch_call', { tool: 'apply_patch', input: ['operation'] }],
  ['image_generation_call', { tool: 'image_generation', input: [] }],
  ['tool_search_call', { tool: 'tool_search', input: ['arguments'] }],
])

/** Results in items of their own, and what the tool is called where neither the call nor the item says. */
export const RESULT_TYPES: ReadonlyMap<string, string> = new Map([
  ['function_call_output', ''],
  ['custom_tool_call_output', ''],
  ['computer_call_output', 'computer'],
  ['local_shell_call_output', 'local_shell'],
  ['shell_call_output', 'shell'],
  ['apply_patch_call_output', 'apply_patch'],
  ['tool_search_output', 'tool_search'],
  ['program_output', 'programmatic_tool_calling'],
])

/** Versions and previews of a hosted tool (`web_search_preview_2025_03_11`) are called as what they are versions of. */
export function toolFamily(type: string): string {
  const family = type.replace(/_(?:\d{8}|\d{4}_\d{2}_\d{2})$/, '').replace(/_preview$/, '')
  return family === 'computer_use' ? 'computer' : family
}

/** What tools of an MCP server are told by. */
export function serverTool(label: string): string {
  return `mcp:${label}`
}

/** A function within a namespace is told by both names. */
export function namespaceTool(namespace: string, name: string): string {
  return `${namespace}/${name}`
}
