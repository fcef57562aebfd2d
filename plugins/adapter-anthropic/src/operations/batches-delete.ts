import type { Operation } from '@sluice/core'
import { namesRecord, recordOperation } from './shapes.ts'

export const batchesDelete: Operation = recordOperation(
  'messages.batches.delete',
  'DELETE',
  '/v1/messages/batches/{id}',
  {
    readRequest: namesRecord('batch'),
  },
)
