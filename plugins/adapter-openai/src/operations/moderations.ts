import type { Operation } from '@sluice/core'
import {
  MODERATION_FIELDS,
  MODERATION_IGNORES,
  MODERATION_RESPONSE_IGNORES,
  readModerationRequest,
  readModerationResponse,
} from '../inputs/moderations.ts'
import { NAMES } from './names.ts'
import { hasNoShape, neverStreams } from './shapes.ts'

export const moderations: Operation = {
  name: 'moderations.create',
  methods: ['POST'],
  path: '/v1/moderations',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  // The provider takes its own choice where none is named: a list of allowed models cannot hold for that.
  model: 'required',
  generates: false,
  fields: MODERATION_FIELDS,
  names: NAMES,
  ignores: MODERATION_IGNORES,
  responseIgnores: MODERATION_RESPONSE_IGNORES,
  readRequest: readModerationRequest,
  readResponse: readModerationResponse,
  decoder: neverStreams,
  refuse: hasNoShape,
}
