import type { Operation } from '@sluice/core'
import { MessageDecoder } from '../answers/message-decoder.ts'
import { readMessageAnswer } from '../answers/read-answer.ts'
import { ANSWER_WORDS } from '../answers/words.ts'
import { MESSAGE_FIELDS } from '../messages/fields.ts'
import { readMessagesRequest } from '../messages/read-request.ts'
import { REQUEST_WORDS } from '../messages/words.ts'
import { refuseMessage } from '../refusals/message-refusal.ts'
import { NAMES } from './names.ts'
import { streamsWith } from './shapes.ts'

export const messagesCreate: Operation = {
  name: 'messages.create',
  methods: ['POST'],
  path: '/v1/messages',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  model: 'required',
  generates: true,
  fields: MESSAGE_FIELDS,
  names: NAMES,
  ignores: REQUEST_WORDS.ignores,
  responseIgnores: ANSWER_WORDS.ignores,
  readRequest: readMessagesRequest,
  readResponse: readMessageAnswer,
  decoder: streamsWith(() => new MessageDecoder()),
  refuse: refuseMessage,
}
