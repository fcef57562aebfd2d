import type { Operation } from '@sluice/core'
import { readBatch } from '../batches/read-batch.ts'
import { ownRecordOperation } from './shapes.ts'

export const batchesRetrieve: Operation = {
  ...ownRecordOperation('batch', 'batches.retrieve', 'GET', '/v1/batches/{id}'),
  readResponse: readBatch,
}
