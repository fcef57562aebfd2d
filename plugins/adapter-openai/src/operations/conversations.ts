import type { Operation } from '@sluice/core'
import { ITEMS_IGNORES } from '../responses/answer-ignores.ts'
import { CONVERSATION_FIELDS, CONVERSATION_IGNORES } from '../responses/fields.ts'
import { readConversation, readItems } from '../responses/read-answer.ts'
import { readConversationRequest, readRecordRequest } from '../responses/read-request.ts'
import { NAMES } from './names.ts'
import { hasNoShape, neverStreams } from './shapes.ts'

/** Texts of a conversation are added to it without a model being asked, and are given to one later. */
const common = {
  inspection: 'inspected',
  transport: 'http',
  model: 'none',
  generates: false,
  names: NAMES,
  decoder: neverStreams,
  refuse: hasNoShape,
} as const

const written = {
  ...common,
  request: 'json',
  fields: CONVERSATION_FIELDS,
  ignores: CONVERSATION_IGNORES,
  readRequest: readConversationRequest,
} as const

const kept = { ...common, request: 'none', ignores: [], readRequest: readRecordRequest } as const
const whole = { responseIgnores: [], readResponse: readConversation(false) } as const
const items = { responseIgnores: ITEMS_IGNORES, readResponse: readItems(false) } as const

const CONVERSATION = '/v1/conversations/{conversation_id}'
const ITEM = '/v1/conversations/{conversation_id}/items/{item_id}'

export const conversations: readonly Operation[] = [
  {
    ...written,
    name: 'conversations.create',
    methods: ['POST'],
    path: '/v1/conversations',
    responseIgnores: [],
    readResponse: readConversation(true),
  },
  { ...kept, ...whole, name: 'conversations.retrieve', methods: ['GET'], path: CONVERSATION },
  { ...written, ...whole, name: 'conversations.update', methods: ['POST'], path: CONVERSATION },
  { ...kept, ...whole, name: 'conversations.delete', methods: ['DELETE'], path: CONVERSATION },
  {
    ...written,
    name: 'conversations.items.create',
    methods: ['POST'],
    path: `${CONVERSATION}/items`,
    responseIgnores: ITEMS_IGNORES,
    readResponse: readItems(true),
  },
  { ...kept, ...items, name: 'conversations.items.list', methods: ['GET'], path: `${CONVERSATION}/items` },
  { ...kept, ...items, name: 'conversations.items.retrieve', methods: ['GET'], path: ITEM },
  { ...kept, ...whole, name: 'conversations.items.delete', methods: ['DELETE'], path: ITEM },
]
