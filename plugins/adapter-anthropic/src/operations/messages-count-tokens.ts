import type { Operation } from '@sluice/core'
import { readRecord } from '../answers/read-record.ts'
import { MESSAGE_FIELDS } from '../messages/fields.ts'
import { readMessagesRequest } from '../messages/read-request.ts'
import { REQUEST_WORDS } from '../messages/words.ts'
import { NAMES } from './names.ts'
import { hasNoShape, neverStreams } from './shapes.ts'

export const messagesCountTokens: Operation = {
  name: 'messages.count_tokens',
  methods: ['POST'],
  path: '/v1/messages/count_tokens',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  model: 'required',
  generates: false,
  fields: MESSAGE_FIELDS,
  names: NAMES,
  ignores: REQUEST_WORDS.ignores,
  responseIgnores: [],
  readRequest: readMessagesRequest,
  readResponse: readRecord,
  decoder: neverStreams,
  refuse: hasNoShape,
}
