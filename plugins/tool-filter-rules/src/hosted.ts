import { type Capability, capabilities } from './capability.ts'

/**
 * What the provider's own tools can do. The tools of an MCP server are not in the request, so it may do anything; a
 * computer that is used by its screen, too.
 */
const hosted: ReadonlyMap<string, readonly Capability[]> = new Map([
  ['code_interpreter', ['SHELL_EXECUTION']],
  ['code_execution', ['SHELL_EXECUTION']],
  ['local_shell', ['SHELL_EXECUTION', 'FILE_WRITE']],
  // In a container of the provider's, which may have a network.
  ['shell', ['SHELL_EXECUTION', 'FILE_WRITE', 'NETWORK_ACCESS']],
  ['bash', ['SHELL_EXECUTION', 'FILE_WRITE']],
  ['apply_patch', ['FILE_WRITE']],
  ['programmatic_tool_calling', ['SHELL_EXECUTION']],
  ['text_editor', ['FILE_WRITE']],
  ['str_replace_editor', ['FILE_WRITE']],
  ['str_replace_based_edit_tool', ['FILE_WRITE']],
  ['memory', ['FILE_WRITE']],
  ['web_search', ['NETWORK_ACCESS']],
  ['web_search_preview', ['NETWORK_ACCESS']],
  ['web_fetch', ['NETWORK_ACCESS']],
  ['file_search', []],
  ['image_generation', []],
  ['advisor', []],
  ['tool_search_tool_regex', []],
  ['tool_search_tool_bm25', []],
  ['tool_search', []],
  ['computer_use_preview', capabilities],
  ['computer_use', capabilities],
  ['computer', capabilities],
  ['browser', capabilities],
  ['mcp', capabilities],
])

export const hostedNames: readonly string[] = [...hosted.keys()]

const dated = /_(?:\d{8}|\d{4}_\d{2}_\d{2})$/

/** Versions (`web_search_2025_08_26`) count as what they are versions of. */
export function hostedBase(name: string): string {
  return hosted.has(name) ? name : name.replace(dated, '')
}

/** Undefined: not a hosted tool that is known. */
export function hostedCapabilities(name: string): readonly Capability[] | undefined {
  return hosted.get(hostedBase(name))
}
