import type { Operation } from '@sluice/core'
import {
  EMBEDDING_FIELDS,
  EMBEDDING_RESPONSE_IGNORES,
  readEmbeddingRequest,
  readEmbeddingResponse,
} from '../inputs/embeddings.ts'
import { NAMES } from './names.ts'
import { hasNoShape, neverStreams } from './shapes.ts'

export const embeddings: Operation = {
  name: 'embeddings.create',
  methods: ['POST'],
  path: '/v1/embeddings',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  model: 'required',
  generates: false,
  fields: EMBEDDING_FIELDS,
  names: NAMES,
  ignores: [],
  responseIgnores: EMBEDDING_RESPONSE_IGNORES,
  readRequest: readEmbeddingRequest,
  readResponse: readEmbeddingResponse,
  decoder: neverStreams,
  refuse: hasNoShape,
}
