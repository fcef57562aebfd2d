import { test } from 'bun:test'
import { testAdapter } from '@sluice/testing'
import adapter from '../src/index.ts'
import { answers } from './fixtures.ts'
import { BATCH, COUNT, MESSAGE } from './requests.ts'
import { setup } from './setup.ts'

testAdapter(
  () => adapter.create({ baseUrl: 'https://api.anthropic.com/v1', allowInsecure: false }, setup),
  {
    requests: {
      'messages.create': MESSAGE,
      'messages.count_tokens': COUNT,
      'messages.batches.create': BATCH,
    },
    answers,
  },
  { test },
)
