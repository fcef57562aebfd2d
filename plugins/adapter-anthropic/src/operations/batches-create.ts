import type { Operation } from '@sluice/core'
import { readBatchCreated } from '../batches/read-created.ts'
import { BATCH_FIELDS, BATCH_WORDS, readBatchRequest } from '../batches/read-request.ts'
import { NAMES } from './names.ts'
import { hasNoShape, neverStreams } from './shapes.ts'

export const batchesCreate: Operation = {
  name: 'messages.batches.create',
  methods: ['POST'],
  path: '/v1/messages/batches',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  model: 'required',
  generates: false,
  fields: BATCH_FIELDS,
  names: NAMES,
  ignores: BATCH_WORDS.ignores,
  responseIgnores: [],
  readRequest: readBatchRequest,
  readResponse: readBatchCreated,
  decoder: neverStreams,
  refuse: hasNoShape,
}
