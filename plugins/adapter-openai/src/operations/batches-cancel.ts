import type { Operation } from '@sluice/core'
import { readBatch } from '../batches/read-batch.ts'
import { ownRecordOperation } from './shapes.ts'

export const batchesCancel: Operation = {
  ...ownRecordOperation('batch', 'batches.cancel', 'POST', '/v1/batches/{id}/cancel'),
  readResponse: readBatch,
}
