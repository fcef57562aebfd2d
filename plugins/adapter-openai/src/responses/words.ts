import type { Ignore, JsonObject, JsonPointer } from '@sluice/core'
import { asObject } from '../json/read.ts'
import { isId } from '../view/closed-words.ts'
import { CALL_TYPES, RESULT_TYPES } from './item-types.ts'

const ITEM_TYPES: ReadonlySet<string> = new Set([
  ...CALL_TYPES.keys(),
  ...RESULT_TYPES.keys(),
  ...['message', 'reasoning', 'compaction', 'compaction_trigger', 'compaction_summary', 'item_reference'],
  ...['mcp_list_tools', 'mcp_approval_response', 'additional_tools'],
])
const PART_TYPES: ReadonlySet<string> = new Set([
  ...['input_text', 'output_text', 'text', 'refusal', 'input_image', 'input_file', 'input_audio', 'output_audio'],
  ...['summary_text', 'reasoning_text', 'computer_screenshot', 'logs', 'image'],
])
const ACTION_TYPES: ReadonlySet<string> = new Set([
  ...[
    'search',
    'open_page',
    'find',
    'find_in_page',
    'url',
    'exec',
    'click',
    'double_click',
    'drag',
    'keypress',
    'move',
  ],
  ...['screenshot', 'scroll', 'type', 'wait', 'create_file', 'update_file', 'delete_file', 'exit', 'timeout'],
])
const STATUSES: ReadonlySet<string> = new Set([
  ...['in_progress', 'completed', 'incomplete', 'searching', 'failed', 'generating', 'interpreting', 'calling'],
  ...['queued', 'cancelled'],
])
const ROLES: ReadonlySet<string> = new Set([
  ...['user', 'assistant', 'system', 'developer', 'tool', 'unknown', 'critic', 'discriminator'],
])
const PHASES: ReadonlySet<string> = new Set(['commentary', 'final_answer'])

type IsWord = (text: string) => boolean
const among =
  (words: ReadonlySet<string>): IsWord =>
  (text) =>
    words.has(text)

const CLOSED = 'one of a closed set of words; any other value is named and inspected'
const ID = 'an id made by the provider; anything but one plain word is named and inspected'

interface WordPlace {
  /** Below an item. */
  readonly pattern: string
  readonly isWord: IsWord
  readonly reason: string
}

/** Where items, of requests and of answers, hold a word of the API's own. */
const ITEM_WORDS: readonly WordPlace[] = [
  { pattern: 'type', isWord: among(ITEM_TYPES), reason: CLOSED },
  { pattern: 'role', isWord: among(ROLES), reason: CLOSED },
  { pattern: 'status', isWord: among(STATUSES), reason: CLOSED },
  { pattern: 'phase', isWord: among(PHASES), reason: CLOSED },
  { pattern: 'content/*/type', isWord: among(PART_TYPES), reason: CLOSED },
  { pattern: 'summary/*/type', isWord: among(PART_TYPES), reason: CLOSED },
  { pattern: 'output/*/type', isWord: among(PART_TYPES), reason: CLOSED },
  { pattern: 'output/type', isWord: among(PART_TYPES), reason: CLOSED },
  { pattern: 'outputs/*/type', isWord: among(PART_TYPES), reason: CLOSED },
  { pattern: 'output/*/outcome/type', isWord: among(ACTION_TYPES), reason: CLOSED },
  { pattern: 'action/type', isWord: among(ACTION_TYPES), reason: CLOSED },
  { pattern: 'actions/*/type', isWord: among(ACTION_TYPES), reason: CLOSED },
  { pattern: 'operation/type', isWord: among(ACTION_TYPES), reason: CLOSED },
]

/** In answers the ids are the provider's own; what a client sends in their place is inspected. */
const ANSWER_WORDS: readonly WordPlace[] = [
  ...ITEM_WORDS,
  { pattern: 'id', isWord: isId, reason: ID },
  { pattern: 'call_id', isWord: isId, reason: ID },
]

const REQUEST_CHECKS = new Map(ITEM_WORDS.map(({ pattern, isWord }) => [pattern, isWord]))
const ANSWER_CHECKS = new Map(ANSWER_WORDS.map(({ pattern, isWord }) => [pattern, isWord]))

/** `key` is the leaf's place in its item: `content/0/type`. True where it holds the word expected there. */
export function isItemWord(key: string, text: string, side: 'request' | 'answer'): boolean {
  const checks = side === 'answer' ? ANSWER_CHECKS : REQUEST_CHECKS
  return checks.get(key.replace(/\/\d+/g, '/*'))?.(text) === true
}

/** `at` is the pattern of the items: `/input/*`. */
export function itemIgnores(at: string, side: 'request' | 'answer'): readonly Ignore[] {
  const words = side === 'answer' ? ANSWER_WORDS : ITEM_WORDS
  return words.map(({ pattern, reason }) => ({ pointer: `${at}/${pattern}`, reason }))
}

const OBJECTS: ReadonlySet<string> = new Set([
  ...['response', 'response.compaction', 'response.input_tokens', 'response.deleted', 'list'],
  ...['conversation', 'conversation.deleted', 'conversation.item'],
])
const TIERS: ReadonlySet<string> = new Set(['auto', 'default', 'flex', 'scale', 'priority', 'fast'])
const REASONS: ReadonlySet<string> = new Set(['max_output_tokens', 'content_filter'])

/** What surrounds the items in an answer. */
const ROOT_WORDS: readonly WordPlace[] = [
  { pattern: 'id', isWord: isId, reason: ID },
  { pattern: 'first_id', isWord: isId, reason: ID },
  { pattern: 'last_id', isWord: isId, reason: ID },
  { pattern: 'object', isWord: among(OBJECTS), reason: CLOSED },
  { pattern: 'status', isWord: among(STATUSES), reason: CLOSED },
  { pattern: 'model', isWord: isId, reason: 'the name of a model; anything but one plain word is named and inspected' },
  { pattern: 'service_tier', isWord: among(TIERS), reason: CLOSED },
  { pattern: 'incomplete_details/reason', isWord: among(REASONS), reason: CLOSED },
  { pattern: 'previous_response_id', isWord: isId, reason: ID },
  { pattern: 'conversation/id', isWord: isId, reason: ID },
]
const ROOT_CHECKS = new Map(ROOT_WORDS.map(({ pattern, isWord }) => [pattern, isWord]))

/** Members, of an item or of what surrounds items, that hold a word or something with one in it. */
export const WORD_MEMBERS: ReadonlySet<string> = new Set(
  [...ANSWER_WORDS, ...ROOT_WORDS].map(({ pattern }) => pattern.split('/')[0] ?? ''),
)

export function isRootWord(key: string, text: string): boolean {
  return ROOT_CHECKS.get(key)?.(text) === true
}

/** Where what surrounds the items, or a frame, holds something else than the word expected there. */
export function* oddRootWords(root: JsonObject): Generator<{ readonly text: string; readonly pointer: JsonPointer }> {
  for (const { pattern, isWord } of ROOT_WORDS) {
    const [name = '', below] = pattern.split('/')
    const value = below === undefined ? root[name] : asObject(root[name])?.[below]
    if (typeof value === 'string' && !isWord(value)) yield { text: value, pointer: `/${pattern}` }
  }
}

export function rootIgnores(at: JsonPointer): readonly Ignore[] {
  return ROOT_WORDS.map(({ pattern, reason }) => ({ pointer: `${at}/${pattern}`, reason }))
}

const EVENTS: ReadonlySet<string> = new Set([
  ...['error', 'keepalive'],
  ...`
    created queued in_progress completed incomplete failed cancelled output_item.added output_item.done
    content_part.added content_part.done output_text.delta output_text.done output_text.annotation.added refusal.delta
    refusal.done reasoning_text.delta reasoning_text.done reasoning_summary_part.added reasoning_summary_part.done
    reasoning_summary_text.delta reasoning_summary_text.done function_call_arguments.delta function_call_arguments.done
    custom_tool_call_input.delta custom_tool_call_input.done mcp_call_arguments.delta mcp_call_arguments.done
    mcp_call.in_progress mcp_call.completed mcp_call.failed mcp_list_tools.in_progress mcp_list_tools.completed
    mcp_list_tools.failed code_interpreter_call.in_progress code_interpreter_call.interpreting
    code_interpreter_call.completed code_interpreter_call_code.delta code_interpreter_call_code.done
    file_search_call.in_progress file_search_call.searching file_search_call.completed web_search_call.in_progress
    web_search_call.searching web_search_call.completed image_generation_call.in_progress
    image_generation_call.generating image_generation_call.partial_image image_generation_call.completed
    shell_call_command.added shell_call_command.delta shell_call_command.done shell_call_output_content.delta
    shell_call_output_content.done apply_patch_call_operation_diff.delta apply_patch_call_operation_diff.done
    audio.delta audio.done audio.transcript.delta audio.transcript.done
  `
    .trim()
    .split(/\s+/)
    .map((name) => `response.${name}`),
])

/** The name of an event that the API is known to send. */
export const isEventType: IsWord = among(EVENTS)

/** What only frames have. */
export const FRAME_IGNORES: readonly Ignore[] = [
  { pointer: '/type', reason: CLOSED },
  { pointer: '/item_id', reason: ID },
  { pointer: '/obfuscation', reason: 'random padding against traffic analysis, made by the provider' },
  { pointer: '/part/type', reason: CLOSED },
  { pointer: '/output/*/outcome/type', reason: CLOSED },
]

export const isPartType: IsWord = among(PART_TYPES)

const TOKEN = 'read joined, and inspected where it differs from the text it repeats'

// `at` is the pattern of the list of log probabilities.
export function tokenIgnores(at: JsonPointer): readonly Ignore[] {
  return ['*/token', '*/top_logprobs/*/token'].map((pattern) => ({ pointer: `${at}/${pattern}`, reason: TOKEN }))
}
