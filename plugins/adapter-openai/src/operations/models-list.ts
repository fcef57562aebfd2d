import type { Operation } from '@sluice/core'
import { recordOperation } from './shapes.ts'

export const modelsList: Operation = recordOperation('models.list', 'GET', '/v1/models')
