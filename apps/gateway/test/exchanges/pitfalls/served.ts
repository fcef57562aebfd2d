import { afterAll, beforeAll } from 'bun:test'
import type { ExchangeRecord } from '@sluice/core'
import {
  type HeaderList,
  type RawResponse,
  type ReadOptions,
  rawRequest,
  type Sendable,
  startUpstream,
  type Upstream,
} from '@sluice/testing'
import { type SluiceOptions, startSluice, type TestSluice, waitFor } from '../../harness/sluice.ts'

export interface SendOptions {
  /** Default: the first AppContext. */
  readonly app?: string
  /** Default POST. */
  readonly method?: string
  /** After the keys and `content-type: application/json`; one named like those replaces it. */
  readonly headers?: HeaderList
  readonly read?: ReadOptions
}

/** One gateway and one upstream for the tests of a file. */
export interface Served {
  readonly upstream: Upstream
  readonly sluice: TestSluice
  /** Sends bytes as they are (a value as `JSON.stringify` writes it) and gives back the bytes that came. */
  send(path: string, body?: Sendable | object, options?: SendOptions): Promise<RawResponse>
  /** What was recorded of these exchanges, in their order. */
  records(answers: readonly RawResponse[]): Promise<readonly ExchangeRecord[]>
  record(answer: RawResponse): Promise<ExchangeRecord>
}

export function served(options: Omit<SluiceOptions, 'upstream'>): Served {
  let upstream: Upstream | undefined
  let sluice: TestSluice | undefined
  beforeAll(async () => {
    upstream = await startUpstream()
    sluice = await startSluice({ ...options, upstream: upstream.url })
  })
  afterAll(async () => {
    await sluice?.[Symbol.asyncDispose]()
    await upstream?.close()
  })
  const pair: Served = {
    get upstream() {
      return started(upstream)
    },
    get sluice() {
      return started(sluice)
    },
    send(path, body, { app, method = 'POST', headers = [], read } = {}) {
      const named = new Set(headers.map(([name]) => name.toLowerCase()))
      const own = Object.entries({ 'content-type': 'application/json', ...pair.sluice.headers(app) })
      const all = [...own.filter(([name]) => !named.has(name)), ...headers]
      const sent = typeof body === 'object' && !(body instanceof Uint8Array) ? JSON.stringify(body) : body
      const request = { method, headers: all, ...(sent === undefined ? {} : { body: sent }) }
      return rawRequest(`${pair.sluice.url}${path}`, request, read)
    },
    async records(answers) {
      const ids = answers.map((answer) => answer.header('x-sluice-exchange-id'))
      return waitFor(`the records of ${ids.length} exchanges`, async () => {
        const found = new Map((await pair.sluice.events(0)).map((event) => [event.id, event.data]))
        const records = ids.map((id) => found.get(id ?? ''))
        return records.every((record) => record !== undefined) ? records : undefined
      })
    },
    async record(answer) {
      const [record] = await pair.records([answer])
      return started(record)
    },
  }
  return pair
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing has been started')
  return value
}

const encoder = new TextEncoder()

export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** What detectors made of an exchange, without what tells one exchange from another and a stream from a whole. */
export function found({ detections }: ExchangeRecord): readonly object[] {
  return detections
    .map(({ type, detector, lifecycle, kind, trust, tool, start, end, fingerprint, severity, confidence }) => {
      return { type, detector, lifecycle, kind, trust, tool, start, end, fingerprint, severity, confidence }
    })
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

/** What of a record must be the same however an answer is cut: law 3. */
export function verdict(record: ExchangeRecord): object {
  const { toolCalls, usage, action, decisions, segments, outcome, model } = record
  return {
    outcome,
    model,
    found: found(record),
    toolCalls,
    usage,
    action,
    actions: decisions.map(({ lifecycle, action }) => [lifecycle, action]),
    inspected: segments.inspected.map((count) => JSON.stringify(count)).sort(),
    notInspected: segments.notInspected,
  }
}
