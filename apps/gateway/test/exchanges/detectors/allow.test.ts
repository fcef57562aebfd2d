import { expect, test } from 'bun:test'
import type { AllowEntry } from '@sluice/core'
import { json } from '@sluice/testing'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const chat = '/v1/chat/completions'
const card = '4111 1111 1111 1111'
const allow: readonly AllowEntry[] = [
  { types: ['FINANCIAL_*'], values: [card], reason: 'the card of our examples' },
  { rules: ['ssn'], patterns: ['219-09-\\d{4}'] },
  { types: ['PII_SSN'], values: ['me@corp.example'] },
]
const gateway = served({
  apps: { one: { policies: ['nothing'], allow }, two: { policies: ['nothing'] } },
  config: {
    plugins: [{ use: '@sluice/detector-pii' }],
    policies: [{ id: 'nothing', match: { types: ['FINANCIAL_*', 'PII_*'] }, action: 'BLOCK' }],
  },
})

async function found(text: string, app?: string): Promise<readonly (string | undefined)[]> {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  const answer = await gateway.send(chat, prompt(text), app === undefined ? {} : { app })
  return (await gateway.record(answer)).detections.map(({ type }) => type)
}

test('a value that is allowed is no finding, in this AppContext and for these types and rules', async () => {
  expect(await found(`pay with ${card}`)).toEqual([])
  expect(await found(`pay with ${card}`, 'two')).toEqual(['FINANCIAL_CARD_NUMBER'])
  expect(await found('my number is 219-09-1234')).toEqual([])
  expect(await found('write to me@corp.example')).toEqual(['PII_EMAIL'])
})

test('nothing rides along beside it: only the whole of a finding is compared', async () => {
  expect(await found(`${card} or 5555 5555 5555 4444`)).toEqual(['FINANCIAL_CARD_NUMBER'])
  expect(await found('4111111111111111')).toEqual(['FINANCIAL_CARD_NUMBER'])
  expect(await found('social security 219-10-1234')).toEqual(['PII_SSN'])
})
