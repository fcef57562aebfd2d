import type { Operation } from '@sluice/core'
import { namesRecord, recordOperation } from './shapes.ts'

export const batchesRetrieve: Operation = recordOperation(
  'messages.batches.retrieve',
  'GET',
  '/v1/messages/batches/{id}',
  {
    readRequest: namesRecord('batch'),
  },
)
