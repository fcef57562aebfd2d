import { test } from 'bun:test'
import { type AnswerSample, testAdapter } from '@sluice/testing'
import adapter from '../src/index.ts'
import { chunksOf, operationOf, pairs, wholeOf } from './fixtures.ts'
import {
  BATCH,
  CHAT,
  COMPACTION,
  COMPLETION,
  CONVERSATION,
  CONVERSATION_ITEMS,
  CONVERSATION_UPDATE,
  EMBEDDING,
  MODERATION,
  RESPONSE,
  TOKEN_COUNT,
} from './requests.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const setup = { instance: 'openai', folder: '/', log: silent, signal: new AbortController().signal, now: () => 0 }

const streamed: readonly AnswerSample[] = pairs.map((name) => ({
  name,
  operation: operationOf(name).name,
  whole: wholeOf(name).text,
  chunks: chunksOf(name),
  padding: ['/obfuscation'],
  ...(name === 'truncated' && { truncated: true as const }),
}))
const translation = { name: 'translation', operation: 'audio.translations.create', whole: '{"text":"Hello."}' }

testAdapter(
  () => adapter.create({ baseUrl: 'https://api.openai.com/v1', allowInsecure: false }, setup),
  {
    requests: {
      'chat.completions.create': CHAT,
      'completions.create': COMPLETION,
      'embeddings.create': EMBEDDING,
      'moderations.create': MODERATION,
      'batches.create': BATCH,
      'responses.create': RESPONSE,
      'responses.compact': COMPACTION,
      'responses.inputTokens.count': TOKEN_COUNT,
      'conversations.create': CONVERSATION,
      'conversations.update': CONVERSATION_UPDATE,
      'conversations.items.create': CONVERSATION_ITEMS,
    },
    answers: [...streamed, translation],
  },
  { test },
)
