import { BLOCK_TYPES, ROLES, SOURCE_TYPES } from '../words/block-types.ts'
import { ClosedWords, closed, type WordPlace } from '../words/closed-words.ts'

const TOOL_TYPES: ReadonlySet<string> = new Set(['custom'])

/** Of a request for a message, at a pointer. */
export function requestWords(at: string): readonly WordPlace[] {
  const blocks = [`${at}/system/*`, `${at}/messages/*/content/*`, `${at}/messages/*/content/*/content/*`]
  return [
    closed(`${at}/messages/*/role`, ROLES),
    closed(`${at}/tools/*/type`, TOOL_TYPES),
    ...blocks.map((block) => closed(`${block}/type`, BLOCK_TYPES)),
    ...blocks.map((block) => closed(`${block}/source/type`, SOURCE_TYPES)),
    ...blocks.map((block) => closed(`${block}/source/content/*/type`, BLOCK_TYPES)),
    ...blocks.map((block) => closed(`${block}/citations/*/type`, BLOCK_TYPES)),
  ]
}

export const REQUEST_WORDS: ClosedWords = new ClosedWords(requestWords(''))
