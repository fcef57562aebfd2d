import type { Operation } from '@sluice/core'
import { BATCH_FIELDS, readBatchRequest } from '../batches/read-request.ts'
import { readRecord } from '../view/read-record.ts'
import { NAMES } from './names.ts'
import { hasNoShape, neverStreams } from './shapes.ts'

export const batchesCreate: Operation = {
  name: 'batches.create',
  methods: ['POST'],
  path: '/v1/batches',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  // The models stand in the file: with a list of allowed models, a batch whose file nobody read is refused.
  model: 'required',
  generates: false,
  fields: BATCH_FIELDS,
  names: NAMES,
  ignores: [],
  responseIgnores: [],
  readRequest: readBatchRequest,
  readResponse: readRecord,
  decoder: neverStreams,
  refuse: hasNoShape,
}
