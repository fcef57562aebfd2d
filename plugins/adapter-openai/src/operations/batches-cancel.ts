import type { Operation } from '@sluice/core'
import { recordOperation } from './shapes.ts'

export const batchesCancel: Operation = recordOperation('batches.cancel', 'POST', '/v1/batches/{id}/cancel')
