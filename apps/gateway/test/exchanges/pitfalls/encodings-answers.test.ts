import { describe, expect, test } from 'bun:test'
import type { ExchangeRecord } from '@sluice/core'
import { type RawResponse, text } from '@sluice/testing'
import { prompt, streamed, whole } from './answers.ts'
import type { Answer, AnswerCase } from './encodings/answer-case.ts'
import { answerSections } from './encodings/answers.ts'
import { detectors, needle, needleType, policies } from './needle.ts'
import { served, utf8 } from './served.ts'

const gateway = served({
  apps: { judged: { policies: ['block-out'] }, open: {} },
  config: { plugins: detectors, policies },
})

/** No rule, but a tool filter, which could act on what a model calls. */
const filtering = served({
  apps: { filtered: {} },
  config: { plugins: [...detectors, { use: '@sluice/tool-filter-rules', options: { deny: ['gone_*'] } }] },
})

function ask({ status = 200, type = 'application/json', headers = {}, body }: Answer, app: string, stream: boolean) {
  gateway.upstream.respond(text(body, { status, headers: { ...headers, 'content-type': type } }))
  return gateway.send('/v1/chat/completions', prompt('hi', stream ? { stream: true } : {}), { app })
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** As it came: status, label and every byte. */
function expectGiven(came: RawResponse, { status = 200, type = 'application/json', body }: Answer): void {
  expect([came.status, latin1(came.body)]).toEqual([status, latin1(typeof body === 'string' ? utf8(body) : body)])
  expect(came.header('content-type') ?? '').toBe(type)
}

/** Looked at when all is done: a record takes longer to be seen than an answer to come. */
const recorded: (readonly [what: string, answer: RawResponse, check: (record: ExchangeRecord) => void])[] = []

/** It was found, or it is on record that it was not looked at; never neither. */
function expectAccounted(what: string, came: RawResponse, notInspected: string | undefined): void {
  recorded.push([
    what,
    came,
    ({ detections, segments }) => {
      const missed = segments.notInspected.map(({ content }) => content)
      if (notInspected === undefined) expect(detections).toMatchObject([{ type: needleType, lifecycle: 'EGRESS' }])
      else expect(missed).toContain(notInspected)
    },
  ])
}

async function check({ what, stream = false, answer, outcome, notInspected }: AnswerCase): Promise<void> {
  const harmful = answer(needle)
  const open = await ask(harmful, 'open', stream)
  expectGiven(open, harmful)
  expectAccounted(what, open, notInspected)

  const judged = await ask(harmful, 'judged', stream)
  if (outcome === 'observed') {
    expectGiven(judged, harmful)
    expectAccounted(what, judged, notInspected)
    return
  }
  expect([judged.status, judged.text().includes(needle)]).toEqual([outcome === 'refused' ? 502 : 200, false])
  expect(judged.text()).toContain(outcome === 'refused' ? 'error' : 'Content blocked due to policy violations')
  const harmless = answer('nothing')
  const clean = await ask(harmless, 'judged', stream)
  if (outcome === 'judged') expectGiven(clean, harmless)
  else expect(clean.status).toBe(502)
}

test('48 the upstream mislabels: what cannot be read does not pass a tool filter either', async () => {
  const call = whole([{ calls: [{ id: 'c', name: 'gone_1', input: '{}' }] }])
  const calls: readonly AnswerCase[] = [
    { what: 'a denied call', answer: () => ({ body: call }), outcome: 'judged' },
    { what: 'a denied call, labelled text', answer: () => ({ type: 'text/plain', body: call }), outcome: 'judged' },
  ]
  const unread = answerSections.flatMap(({ cases }) => cases.filter(({ outcome }) => outcome === 'refused'))
  for (const { what, stream = false, answer, outcome } of [...calls, ...unread]) {
    const { status = 200, type = 'application/json', headers = {}, body } = answer('nothing')
    filtering.upstream.respond(text(body, { status, headers: { ...headers, 'content-type': type } }))
    const came = await filtering.send('/v1/chat/completions', prompt('hi', stream ? { stream: true } : {}))
    expect([what, came.status, latin1(came.body) === latin1(typeof body === 'string' ? utf8(body) : body)]).toEqual([
      what,
      outcome === 'refused' ? 502 : 200,
      false,
    ])
  }
})

describe.each(answerSections)('48 the upstream mislabels: $title', ({ cases }) => {
  test.each(cases.map((each) => [each.what, each] as const))('%s', (_, each) => check(each))
})

describe('48 the upstream mislabels: label × body × status', () => {
  const labels = [
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'text/html; charset=iso-8859-1',
    'text/event-stream',
    'application/octet-stream',
    '',
  ]
  const spelled = [...needle].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('')
  const bodies: Readonly<Record<string, string>> = {
    'a completion': whole([{ content: needle }]),
    'an error in JSON': `{"error":{"message":"${needle}"}}`,
    'an error in JSON, in escapes': `{"error":{"message":"${spelled}"}}`,
    text: `upstream said ${needle}`,
    'a stream': streamed([{ content: needle }]),
    'a stream, in escapes': `data: {"choices":[{"index":0,"delta":{"content":"${spelled}"}}]}\n\ndata: [DONE]\n\n`,
  }
  const statuses = [200, 400, 404, 500]

  test.each(Object.entries(bodies))('%s', async (what, body) => {
    for (const type of labels) {
      for (const status of statuses) {
        for (const stream of [false, true]) {
          const answer = { status, type, body }
          const combination = `${what} ${type} ${status} ${stream}`
          const open = await ask(answer, 'open', stream)
          expectGiven(open, answer)
          // Only text that calls itself JSON is no such thing.
          const malformed = what === 'text' && type.includes('json') ? 'malformed-json' : undefined
          expectAccounted(combination, open, malformed)
          const judged = await ask(answer, 'judged', stream)
          if (stream && type === 'text/event-stream') {
            expectGiven(judged, answer)
            expectAccounted(combination, judged, undefined)
          } else {
            expect([combination, judged.text() === body]).toEqual([combination, false])
            expect(judged.text()).toContain(malformed ? 'cannot be passed on' : 'Content blocked')
          }
        }
      }
    }
  })
})

test('48 the upstream mislabels: what was given was found, or is on record as not inspected', async () => {
  const records = await gateway.records(recorded.map(([, came]) => came))
  const wrong: string[] = []
  for (const [index, record] of records.entries()) {
    const [what, , check] = recorded[index] ?? []
    try {
      check?.(record)
    } catch {
      wrong.push(`${what}: ${JSON.stringify([record.detections.length, record.segments.notInspected])}`)
    }
  }
  expect(wrong).toEqual([])
  expect(records.length).toBeGreaterThan(300)
})
