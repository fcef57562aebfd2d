import type { Operation } from '@sluice/core'
import { readResultLine } from '../batches/read-result-line.ts'
import { namesRecord, recordOperation } from './shapes.ts'

/** The answers of a batch, one a line, of any size. */
export const batchesResults: Operation = {
  ...recordOperation('messages.batches.results', 'GET', '/v1/messages/batches/{id}/results', {
    readRequest: namesRecord('batch'),
  }),
  file: { of: 'response', fields: {}, ignores: [], readLine: readResultLine },
}
