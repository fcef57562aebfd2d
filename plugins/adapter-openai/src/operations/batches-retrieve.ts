import type { Operation } from '@sluice/core'
import { recordOperation } from './shapes.ts'

export const batchesRetrieve: Operation = recordOperation('batches.retrieve', 'GET', '/v1/batches/{id}')
