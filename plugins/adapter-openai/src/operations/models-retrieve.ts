import type { Operation } from '@sluice/core'
import { recordOperation } from './shapes.ts'

export const modelsRetrieve: Operation = recordOperation('models.retrieve', 'GET', '/v1/models/{id}')
