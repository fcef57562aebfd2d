import type { BlockKind, JsonObject } from '@sluice/core'
import { asCount } from '../json/read.ts'

/** A text of an item that the API streams, by the first words of the events that carry it. */
export interface DeltaType {
  /** The member that holds the whole text when it is done. */
  readonly whole: string
  readonly kind: BlockKind
  /** Where the text stands in its item, as `ReadText` has it. */
  key(frame: JsonObject): string
  /** Read joined with its like in this section of the item; of messages, with all messages. */
  readonly group?: 'message' | 'content' | 'summary'
}

const content = (member: string): ((frame: JsonObject) => string) => {
  return (frame) => `content/${asCount(frame['content_index']) ?? 0}/${member}`
}
const fixed = (key: string): (() => string) => {
  return () => key
}
const ARGUMENTS: DeltaType = { whole: 'arguments', kind: 'tool-arguments', key: fixed('arguments') }

export const DELTAS: ReadonlyMap<string, DeltaType> = new Map<string, DeltaType>([
  ['response.output_text', { whole: 'text', kind: 'assistant', key: content('text'), group: 'message' }],
  ['response.refusal', { whole: 'refusal', kind: 'refusal', key: content('refusal') }],
  ['response.reasoning_text', { whole: 'text', kind: 'reasoning', key: content('text'), group: 'content' }],
  [
    'response.reasoning_summary_text',
    {
      whole: 'text',
      kind: 'reasoning',
      key: (frame) => `summary/${asCount(frame['summary_index']) ?? 0}/text`,
      group: 'summary',
    },
  ],
  ['response.function_call_arguments', ARGUMENTS],
  ['response.mcp_call_arguments', ARGUMENTS],
  ['response.custom_tool_call_input', { whole: 'input', kind: 'tool-arguments', key: fixed('input') }],
  ['response.code_interpreter_call_code', { whole: 'code', kind: 'tool-arguments', key: fixed('code') }],
  [
    'response.shell_call_command',
    {
      whole: 'command',
      kind: 'tool-arguments',
      key: (frame) => `action/commands/${asCount(frame['command_index']) ?? 0}`,
    },
  ],
  ['response.apply_patch_call_operation_diff', { whole: 'diff', kind: 'tool-arguments', key: fixed('operation/diff') }],
  ['response.audio.transcript', { whole: 'transcript', kind: 'transcript', key: fixed('transcript') }],
])
