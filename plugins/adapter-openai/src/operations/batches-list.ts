import type { Operation } from '@sluice/core'
import { recordOperation } from './shapes.ts'

export const batchesList: Operation = recordOperation('batches.list', 'GET', '/v1/batches')
