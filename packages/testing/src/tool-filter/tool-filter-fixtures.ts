import type { CallContext, Json, ToolCall, ToolDefinition, ToolResult } from '@sluice/core'

/** `deny` and `rewrite` with their code or input; the others by their type. */
export type ExpectedVerdict =
  | 'allow'
  | 'abstain'
  | { readonly deny: string }
  /** Calls only. */
  | { readonly rewrite: Json }

/** What is not said is filled in: `type: 'function'`, a place, a call id. */
export type SampleTool = Pick<ToolDefinition, 'name'> & Partial<ToolDefinition>
export type SampleCall = Pick<ToolCall, 'name'> & { readonly input?: Json }
export type SampleResult = Pick<ToolResult, 'text'> & { readonly name?: string }

export interface ToolFilterFixtures {
  readonly define?: readonly { readonly tool: SampleTool; readonly verdict: ExpectedVerdict }[]
  readonly call?: readonly { readonly call: SampleCall; readonly verdict: ExpectedVerdict }[]
  readonly result?: readonly { readonly result: SampleResult; readonly verdict: ExpectedVerdict }[]
}

export function wholeTool(tool: SampleTool): ToolDefinition {
  return { type: 'function', place: { pointer: '/tools/0' }, ...tool }
}

export function wholeCall(call: SampleCall): ToolCall {
  const input = call.input ?? {}
  return { callId: 'call_1', name: call.name, choice: 0, input, inputText: JSON.stringify(input) }
}

export function wholeResult(result: SampleResult): ToolResult {
  return { callId: 'call_1', place: { pointer: '/messages/0/content' }, ...result }
}

/** `exchange` differs: a filter may remember what it saw in one. */
export function callContext(exchange: string): CallContext {
  return {
    exchange,
    app: 'ac_sample000000',
    operation: 'chat.completions.create',
    model: 'gpt-sample',
    signal: new AbortController().signal,
  }
}
