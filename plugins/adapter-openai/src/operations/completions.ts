import type { Operation } from '@sluice/core'
import { ChoicesDecoder } from '../choices/choices-decoder.ts'
import { readChoicesResponse } from '../choices/read-response.ts'
import { CHOICES_IGNORES } from '../choices/response-ignores.ts'
import { COMPLETION_FIELDS, readCompletionRequest } from '../completions/read-request.ts'
import { refuseCompletion } from '../refusals/completion-refusal.ts'
import { NAMES } from './names.ts'
import { streamsWith } from './shapes.ts'

export const completions: Operation = {
  name: 'completions.create',
  methods: ['POST'],
  path: '/v1/completions',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  model: 'required',
  generates: true,
  fields: COMPLETION_FIELDS,
  names: NAMES,
  ignores: [],
  responseIgnores: CHOICES_IGNORES,
  readRequest: readCompletionRequest,
  readResponse: readChoicesResponse,
  decoder: streamsWith(() => new ChoicesDecoder()),
  refuse: refuseCompletion,
}
