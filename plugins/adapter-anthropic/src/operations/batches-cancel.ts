import type { Operation } from '@sluice/core'
import { namesRecord, recordOperation } from './shapes.ts'

export const batchesCancel: Operation = recordOperation(
  'messages.batches.cancel',
  'POST',
  '/v1/messages/batches/{id}/cancel',
  {
    readRequest: namesRecord('batch'),
  },
)
