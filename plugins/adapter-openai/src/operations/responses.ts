import type { Operation } from '@sluice/core'
import { refuseResponse } from '../refusals/response-refusal.ts'
import { ANSWER_IGNORES, ITEMS_IGNORES } from '../responses/answer-ignores.ts'
import { RESPONSE_FIELDS, RESPONSE_IGNORES } from '../responses/fields.ts'
import { type AnswerKind, readAnswer, readItems } from '../responses/read-answer.ts'
import { readRecordRequest, readResponseRequest } from '../responses/read-request.ts'
import { ResponseDecoder } from '../responses/response-decoder.ts'
import { readRecord } from '../view/read-record.ts'
import { NAMES } from './names.ts'
import { hasNoShape, neverStreams, streamsWith } from './shapes.ts'

const NEW: AnswerKind = { makes: true, calls: true, isEarlier: false }
const EARLIER: AnswerKind = { makes: false, calls: true, isEarlier: true }
/** What is left of a conversation, not what the model says now. */
const HISTORY: AnswerKind = { makes: false, calls: false, isEarlier: false }

const asked = {
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  model: 'required',
  generates: false,
  fields: RESPONSE_FIELDS,
  names: NAMES,
  ignores: RESPONSE_IGNORES,
  readRequest: readResponseRequest,
  refuse: hasNoShape,
} as const

export const responsesCreate: Operation = {
  ...asked,
  name: 'responses.create',
  methods: ['POST'],
  path: '/v1/responses',
  generates: true,
  responseIgnores: ANSWER_IGNORES,
  readResponse: readAnswer(NEW),
  decoder: streamsWith(() => new ResponseDecoder(NEW)),
  refuse: refuseResponse,
}

/** Runs no tool and gives nothing to a client but what the provider alone can open. */
export const responsesCompact: Operation = {
  ...asked,
  name: 'responses.compact',
  methods: ['POST'],
  path: '/v1/responses/compact',
  responseIgnores: ANSWER_IGNORES,
  readResponse: readAnswer(HISTORY),
  decoder: neverStreams,
}

export const responsesInputTokens: Operation = {
  ...asked,
  name: 'responses.inputTokens.count',
  methods: ['POST'],
  path: '/v1/responses/input_tokens',
  responseIgnores: [],
  readResponse: readRecord,
  decoder: neverStreams,
}

const kept = {
  inspection: 'inspected',
  transport: 'http',
  request: 'none',
  model: 'none',
  generates: false,
  names: NAMES,
  ignores: [],
  readRequest: readRecordRequest,
  refuse: hasNoShape,
} as const

/** Also the way to a response that was made in the background, and to the rest of a stream that was cut off. */
export const responsesRetrieve: Operation = {
  ...kept,
  name: 'responses.retrieve',
  methods: ['GET'],
  path: '/v1/responses/{response_id}',
  responseIgnores: ANSWER_IGNORES,
  readResponse: readAnswer(EARLIER),
  decoder: streamsWith(() => new ResponseDecoder(EARLIER)),
  refuse: refuseResponse,
}

export const responsesCancel: Operation = {
  ...kept,
  name: 'responses.cancel',
  methods: ['POST'],
  path: '/v1/responses/{response_id}/cancel',
  responseIgnores: ANSWER_IGNORES,
  readResponse: readAnswer(EARLIER),
  decoder: streamsWith(() => new ResponseDecoder(EARLIER)),
  refuse: refuseResponse,
}

export const responsesDelete: Operation = {
  ...kept,
  name: 'responses.delete',
  methods: ['DELETE'],
  path: '/v1/responses/{response_id}',
  responseIgnores: [],
  readResponse: readRecord,
  decoder: neverStreams,
}

export const responsesInputItems: Operation = {
  ...kept,
  name: 'responses.inputItems.list',
  methods: ['GET'],
  path: '/v1/responses/{response_id}/input_items',
  responseIgnores: ITEMS_IGNORES,
  readResponse: readItems(false),
  decoder: neverStreams,
}
