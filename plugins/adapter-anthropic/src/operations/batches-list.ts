import type { Operation } from '@sluice/core'
import { recordOperation } from './shapes.ts'

export const batchesList: Operation = recordOperation('messages.batches.list', 'GET', '/v1/messages/batches')
