import type { Operation } from '@sluice/core'
import { readBatch } from '../batches/read-batch.ts'
import { BATCH_FIELDS, readBatchRequest } from '../batches/read-request.ts'
import { NAMES } from './names.ts'
import { hasNoShape, neverStreams } from './shapes.ts'

export const batchesCreate: Operation = {
  name: 'batches.create',
  methods: ['POST'],
  path: '/v1/batches',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  // The models stand in the file, and are looked at when it is uploaded.
  model: 'none',
  generates: false,
  fields: BATCH_FIELDS,
  names: NAMES,
  ignores: [],
  responseIgnores: [],
  readRequest: readBatchRequest,
  readResponse: readBatch,
  decoder: neverStreams,
  refuse: hasNoShape,
}
