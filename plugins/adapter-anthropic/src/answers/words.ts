import { BLOCK_TYPES, CALLER_TYPES, ROLES, SOURCE_TYPES } from '../words/block-types.ts'
import { ClosedWords, closed, plain, type WordPlace } from '../words/closed-words.ts'
import { STOP_REASONS } from './finish.ts'

const EVENT_TYPES: ReadonlySet<string> = new Set([
  'message',
  'error',
  'ping',
  'message_start',
  'message_delta',
  'message_stop',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
])

const DELTA_TYPES: ReadonlySet<string> = new Set([
  'text_delta',
  'input_json_delta',
  'thinking_delta',
  'signature_delta',
  'citations_delta',
  'compaction_delta',
])

const STOP_DETAIL_TYPES: ReadonlySet<string> = new Set(['refusal'])
const REFUSAL_CATEGORIES: ReadonlySet<string> = new Set([
  'cyber',
  'bio',
  'frontier_llm',
  'reasoning_extraction',
  'general_harms',
])
const TIERS: ReadonlySet<string> = new Set(['standard', 'priority', 'batch', 'fast'])
const ERROR_TYPES: ReadonlySet<string> = new Set([
  'api_error',
  'authentication_error',
  'billing_error',
  'invalid_request_error',
  'not_found_error',
  'overloaded_error',
  'permission_error',
  'rate_limit_error',
  'request_too_large',
  'timeout_error',
])

/** Of a message, at a pointer: a whole answer, or one that begins in a stream. */
export function messageWords(at: string): readonly WordPlace[] {
  return [
    plain(`${at}/id`),
    closed(`${at}/role`, ROLES),
    plain(`${at}/model`),
    closed(`${at}/stop_reason`, STOP_REASONS),
    ...endWords(at),
    ...blockWords(`${at}/content/*`),
  ]
}

/** Of how a message ended, and what it cost. */
function endWords(at: string): readonly WordPlace[] {
  return [
    plain(`${at}/container/id`),
    plain(`${at}/container/expires_at`),
    closed(`${at}/stop_details/type`, STOP_DETAIL_TYPES),
    closed(`${at}/stop_details/category`, REFUSAL_CATEGORIES),
    closed(`${at}/usage/service_tier`, TIERS),
    closed(`${at}/usage/speed`, TIERS),
  ]
}

function blockWords(at: string): readonly WordPlace[] {
  return [
    closed(`${at}/type`, BLOCK_TYPES),
    plain(`${at}/id`),
    plain(`${at}/tool_use_id`),
    plain(`${at}/server_name`),
    plain(`${at}/toolset_name`),
    plain(`${at}/mcp_server_name`),
    plain(`${at}/from/model`),
    plain(`${at}/to/model`),
    closed(`${at}/trigger/type`, STOP_DETAIL_TYPES),
    closed(`${at}/trigger/category`, REFUSAL_CATEGORIES),
    closed(`${at}/caller/type`, CALLER_TYPES),
    plain(`${at}/caller/tool_id`),
    closed(`${at}/citations/*/type`, BLOCK_TYPES),
    closed(`${at}/content/type`, BLOCK_TYPES),
    closed(`${at}/content/*/type`, BLOCK_TYPES),
    closed(`${at}/content/content/type`, BLOCK_TYPES),
    closed(`${at}/content/content/*/type`, BLOCK_TYPES),
    closed(`${at}/content/content/source/type`, SOURCE_TYPES),
    closed(`${at}/content/tool_references/*/type`, BLOCK_TYPES),
  ]
}

/** For answers and for the events of streams. */
export const ANSWER_WORDS: ClosedWords = new ClosedWords([
  closed('/type', EVENT_TYPES),
  ...messageWords(''),
  ...messageWords('/message'),
  closed('/message/type', EVENT_TYPES),
  ...blockWords('/content_block'),
  closed('/delta/type', DELTA_TYPES),
  closed('/delta/stop_reason', STOP_REASONS),
  ...endWords('/delta'),
  closed('/delta/citation/type', BLOCK_TYPES),
  closed('/error/type', ERROR_TYPES),
  plain('/request_id'),
])
