import { beforeEach, describe, expect, test } from 'bun:test'
import type { ExchangeRecord } from '@sluice/core'
import { json, type RawResponse, rawRequest, type Sendable } from '@sluice/testing'
import { runtime } from '../../harness/sluice.ts'
import { whole } from './answers.ts'
import { sections } from './encodings/all.ts'
import { chatOf, type EncodingCase, type Message, type Outcome } from './encodings/case.ts'
import { detectors, needle, needleType, policies } from './needle.ts'
import { served, utf8 } from './served.ts'

// Every case of docs/encodings.md, byte for byte, over the network.
const gateway = served({
  apps: { judged: { policies: ['block-in'] }, edited: { policies: ['redact-in'] }, open: {} },
  config: { plugins: detectors, policies },
})
const answer = whole([{ content: 'ok' }])

/** What came back, or `closed` where the connection ended without an answer. */
async function send(message: Message, app: string): Promise<RawResponse | 'closed'> {
  const { method = 'POST', path = '/v1/chat/completions', headers = [], body = '', wire } = message
  const sending = (): Promise<RawResponse> => {
    if (wire === undefined) return gateway.send(path, body, { app, method, headers, read: { timeoutMs: 15_000 } })
    const keys = Object.entries(gateway.sluice.headers(app)).map(([name, value]) => `${name}: ${value}\r\n`)
    return rawRequest(`${gateway.sluice.url}${path}`, `POST ${path} HTTP/1.1\r\nHost: h\r\n${keys.join('')}${wire}`)
  }
  return sending().catch((error: unknown) => {
    if (error instanceof Error && error.name === 'ConnectionEnded') return 'closed' as const
    throw error
  })
}

async function answered(message: Message, app: string): Promise<RawResponse> {
  const came = await send(message, app)
  if (came === 'closed') throw new Error('closed without an answer')
  return came
}

const checks: {
  readonly [Type in Outcome['type']]: (of: EncodingCase, outcome: Outcome & { type: Type }) => Promise<void>
} = {
  async inspected({ message }) {
    const blocked = await answered(message(needle), 'judged')
    expect([blocked.text(), gateway.upstream.requests.length]).toEqual([
      expect.stringContaining('Content blocked due to policy violations'),
      0,
    ])
    expectRecord(blocked, 'blocked', true)

    for (const [app, words] of [
      ['judged', 'nothing'],
      ['open', needle],
    ] as const) {
      const sent = message(words)
      const passed = await answered(sent, app)
      expect([passed.status, passed.text()]).toEqual([200, answer])
      expectRecord(passed, 'forwarded', words === needle)
      const up = gateway.upstream.requests.at(-1)
      // Compared as hashes where it is large: a difference of 30 MB would be printed.
      expect(told(up?.body)).toEqual(told(sent.forwarded ?? sent.body))
      // Deno sends a body in chunks, Bun with its length.
      const framing = [up?.header('content-length'), up?.header('transfer-encoding'), up?.header('trailer')]
      expect([[String(up?.body.length)], [undefined, 'chunked', undefined]]).toContainEqual(
        framing[1] === undefined ? framing.slice(0, 1) : framing,
      )
      if (sent.carries !== undefined) expect(up?.header(sent.carries[0])).toBe(sent.carries[1])
      if (sent.forwarded !== undefined) expect(up?.header('content-encoding')).toBeUndefined()
    }
    expect(gateway.upstream.requests).toHaveLength(2)
  },

  async refused({ message }, { status, says }) {
    for (const app of ['judged', 'open']) {
      const came = await answered(message(needle), app)
      expect([came.status, came.text()]).toEqual([status, JSON.stringify({ error: says })])
      expect([came.header('x-should-retry'), came.text().includes(needle)]).toEqual(['false', false])
      expectRecord(came, 'refused', false)
    }
    expect(gateway.upstream.requests).toHaveLength(0)
  },

  async runtime({ message }, { answer }) {
    const came = await send(message(needle), 'judged')
    // The runtime may have called us before it met what it does not take: then ours is the first answer.
    const ours = came !== 'closed' && came.text().includes('Content blocked due to policy violations')
    if (!ours) expect(came === 'closed' ? came : came.status).toBe(answer)
    expect(came !== 'closed' && came.header('x-sluice-exchange-id') !== undefined).toBe(ours)
    expect(gateway.upstream.requests).toHaveLength(0)
  },
}

/** Looked at when all is done: a record takes longer to be seen than an answer to come. */
const recorded: (readonly [answer: RawResponse, outcome: string, found: string | undefined])[] = []

function expectRecord(answer: RawResponse, outcome: ExchangeRecord['outcome'], found: boolean): void {
  recorded.push([answer, outcome, found ? needleType : undefined])
}

function told(body: Sendable | undefined): string | object {
  const bytes = typeof body === 'string' ? utf8(body) : (body ?? new Uint8Array())
  return bytes.length < 50_000 ? Buffer.from(bytes).toString('latin1') : { length: bytes.length, sha1: Bun.hash(bytes) }
}

function check(of: EncodingCase): Promise<void> {
  const outcome = runtime === 'deno' ? (of.onDeno ?? of.outcome) : of.outcome
  switch (outcome.type) {
    case 'inspected':
      return checks.inspected(of, outcome)
    case 'refused':
      return checks.refused(of, outcome)
    case 'runtime':
      return checks.runtime(of, outcome)
  }
}

beforeEach(() => {
  gateway.upstream.requests.length = 0
})

for (const { failure, cases } of sections) {
  describe(failure, () => {
    test.each(cases.map((each) => [each.what, each] as const))('%s', async (_, each) => {
      gateway.upstream.respond(json(answer))
      await check(each)
    })
  })
}

test('half a surrogate pair goes with the word that it cuts, and stays beside it', async () => {
  gateway.upstream.respond(json(answer))
  const cut = `${needle.slice(0, 6)}\\ude00${needle.slice(6)}`
  for (const [said, expected] of [
    [`a \\ud83d ${cut} \\ud83d b`, 'a \\ud83d [REDACTED] \\ud83d b'],
    [`\\ude00${cut}\\ud83d`, '\\ude00[REDACTED]\\ud83d'],
    [`\\ud83d ${needle} ${cut}`, '\\ud83d [REDACTED] [REDACTED]'],
  ] as const) {
    const came = await gateway.send('/v1/chat/completions', chatOf(said), { app: 'edited' })
    expect([came.status, gateway.upstream.requests.at(-1)?.text()]).toEqual([200, chatOf(expected)])
  }
})

test('each of them is on record as what it was, and what was found in it', async () => {
  const records = await gateway.records(recorded.map(([answer]) => answer))
  expect(records.map(({ outcome, detections }) => [outcome, detections[0]?.type])).toEqual(
    recorded.map(([, outcome, found]) => [outcome, found]),
  )
  expect(records.length).toBeGreaterThan(sections.length)
})
