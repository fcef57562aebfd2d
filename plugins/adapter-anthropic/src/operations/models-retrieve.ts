import type { Operation } from '@sluice/core'
import { recordOperation } from './shapes.ts'
import { TOLD_BY } from './told-by.ts'

export const modelsRetrieve: Operation = recordOperation('models.retrieve', 'GET', '/v1/models/{id}', {
  toldBy: TOLD_BY,
})
