import type { Operation } from '@sluice/core'
import { RESULT_WORDS, readBatchResults } from '../batches/read-results.ts'
import { namesRecord, recordOperation } from './shapes.ts'

export const batchesResults: Operation = recordOperation(
  'messages.batches.results',
  'GET',
  '/v1/messages/batches/{id}/results',
  { readRequest: namesRecord('batch'), readResponse: readBatchResults, responseIgnores: RESULT_WORDS.ignores },
)
