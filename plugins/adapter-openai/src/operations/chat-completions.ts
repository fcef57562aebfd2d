import type { Operation } from '@sluice/core'
import { CHAT_FIELDS, CHAT_IGNORES } from '../chat/fields.ts'
import { readChatRequest } from '../chat/read-request.ts'
import { ChoicesDecoder } from '../choices/choices-decoder.ts'
import { readChoicesResponse } from '../choices/read-response.ts'
import { CHOICES_IGNORES } from '../choices/response-ignores.ts'
import { refuseChat } from '../refusals/chat-refusal.ts'
import { NAMES } from './names.ts'
import { streamsWith } from './shapes.ts'

export const chatCompletions: Operation = {
  name: 'chat.completions.create',
  methods: ['POST'],
  path: '/v1/chat/completions',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  model: 'required',
  generates: true,
  fields: CHAT_FIELDS,
  names: NAMES,
  ignores: CHAT_IGNORES,
  responseIgnores: CHOICES_IGNORES,
  readRequest: readChatRequest,
  readResponse: readChoicesResponse,
  decoder: streamsWith(() => new ChoicesDecoder()),
  refuse: refuseChat,
}
