import type { Json, MaybePromise } from './json.ts'
import type { CallContext, Definition } from './plugin.ts'
import type { ToolCall, ToolDefinition, ToolResult } from './view.ts'

export type ToolVerdict =
  | { readonly type: 'allow' }
  | { readonly type: 'abstain' }
  /** `code` is UPPER_SNAKE and recorded; `reason` is one sentence for people. Neither holds text of the exchange. */
  | { readonly type: 'deny'; readonly code: string; readonly reason: string }

export type ToolCallVerdict = ToolVerdict | { readonly type: 'rewrite'; readonly input: Json; readonly reason: string }

/** Tool filters decide; a denial outranks an allowance; where all abstain, the tool stays. */
export interface ToolFilterInstance {
  /** May the model be told of this tool? A denied tool is removed from the request. */
  define?(tool: ToolDefinition, ctx: CallContext): MaybePromise<ToolVerdict>
  /** May this call reach the client? Called once, with complete arguments. */
  call?(call: ToolCall, ctx: CallContext): MaybePromise<ToolCallVerdict>
  /** May this result reach the model? */
  result?(result: ToolResult, ctx: CallContext): MaybePromise<ToolVerdict>
}

export type ToolFilterDefinition<Options = unknown> = Definition<'tool-filter', Options, ToolFilterInstance>
