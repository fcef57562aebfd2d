import type { Operation } from '@sluice/core'
import { recordOperation } from './shapes.ts'
import { TOLD_BY } from './told-by.ts'

export const modelsList: Operation = recordOperation('models.list', 'GET', '/v1/models', { toldBy: TOLD_BY })
