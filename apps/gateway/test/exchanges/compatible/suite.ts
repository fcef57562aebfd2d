import { describe, expect, test } from 'bun:test'
import type { ExchangeRecord, Json } from '@sluice/core'
import { json, type RawResponse, sse } from '@sluice/testing'
import { needle } from '../pitfalls/needle.ts'
import { placesOf, withValue } from '../pitfalls/requests.ts'
import { found, type Served, verdict } from '../pitfalls/served.ts'

/** What a server that is like OpenAI's takes and says, in its own dialect. */
export interface Dialect {
  /** With everything that this server takes besides. */
  readonly requests: readonly { readonly path: string; readonly body: { readonly [name: string]: Json } }[]
  /** One answer, whole and streamed. A text among the frames is what the server sends there, to the byte. */
  readonly answers: readonly {
    readonly name: string
    readonly path: string
    readonly whole: Json
    readonly frames: readonly (Json | string)[]
  }[]
  /** Bodies of errors, whole. */
  readonly errors: readonly { readonly status: number; readonly body: Json | string }[]
}

/** The needle among words: it ends where it ends, whatever is joined to it. */
const hidden = `a ${needle} b`
const isText = (value: Json): boolean => typeof value === 'string' && value !== ''

/** A stream has comments, and members of other names, which are read as `other`: their number says nothing. */
function without(record: ExchangeRecord): object {
  const inspected = record.segments.inspected.filter(({ kind }) => kind !== 'other')
  return verdict({ ...record, segments: { ...record.segments, inspected } })
}

/** Runs a dialect through a gateway with the AppContexts `open` (observes) and `in` (blocks needles in requests). */
export function testDialect(name: string, gateway: Served, dialect: Dialect): void {
  const ask = (path: string, stream: boolean): Promise<RawResponse> => {
    const input = path.includes('chat') ? { messages: [{ role: 'user', content: 'hi' }] } : { prompt: 'hi' }
    return gateway.send(path, JSON.stringify({ model: 'm', stream, ...input }), { app: 'open' })
  }
  /** One and the same answer, for a frame counted by its place in the list. */
  const streamed = (frames: readonly (Json | string)[]): Uint8Array =>
    new TextEncoder().encode(
      frames.map((frame) => (typeof frame === 'string' ? frame : `data: ${JSON.stringify(frame)}\n\n`)).join(''),
    )

  describe(`${name}: requests`, () => {
    for (const { path, body } of dialect.requests) {
      test(`${path} passes as it came`, async () => {
        gateway.upstream.respond(json('{"choices":[]}'))
        // Spelled as no `JSON.stringify` would spell it.
        const text = `${JSON.stringify(body, null, 1).slice(0, -1)},"temperature": 1e0 }`
        const answer = await gateway.send(path, text, { app: 'open' })
        expect([answer.status, gateway.upstream.requests.at(-1)?.text()]).toEqual([200, text])
      })

      test(`${path}: a needle in every string of it is found`, async () => {
        const before = gateway.upstream.requests.length
        for (const { pointer, path: at, value } of placesOf(body)) {
          if (!isText(value)) continue
          const answer = await gateway.send(path, JSON.stringify(withValue(body, at, () => hidden)), { app: 'in' })
          expect([pointer, (await gateway.record(answer)).outcome]).toEqual([pointer, 'blocked'])
        }
        expect(gateway.upstream.requests).toHaveLength(before)
      })
    }
  })

  describe(`${name}: answers`, () => {
    for (const { name: answer, path, whole, frames } of dialect.answers) {
      test(`${answer}: whole and streamed pass as they came, with one verdict`, async () => {
        gateway.upstream.respond(json(whole))
        const one = await ask(path, false)
        expect(one.text()).toBe(JSON.stringify(whole))
        gateway.upstream.respond(sse(streamed(frames), { split: 7 }))
        const other = await ask(path, true)
        expect(other.body).toEqual(streamed(frames))
        const [first, second] = await gateway.records([one, other])
        if (first === undefined || second === undefined) throw new Error('no records')
        expect(first.outcome).toBe('forwarded')
        expect(without(second)).toEqual(without(first))
      })

      test(`${answer}: a needle in every string of it is found`, async () => {
        for (const { pointer, path: at, value } of placesOf(whole)) {
          if (!isText(value)) continue
          gateway.upstream.respond(json(withValue(whole, at, () => hidden)))
          const record = await gateway.record(await ask(path, false))
          expect([pointer, found(record).length > 0]).toEqual([pointer, true])
        }
      })

      test(`${answer}: a needle in every string of every frame is found`, async () => {
        for (const [index, frame] of frames.entries()) {
          if (typeof frame === 'string') continue
          for (const { pointer, path: at, value } of placesOf(frame)) {
            if (!isText(value)) continue
            const changed = frames.map((other, number) =>
              number === index ? withValue(frame, at, () => hidden) : other,
            )
            gateway.upstream.respond(sse(streamed(changed)))
            const record = await gateway.record(await ask(path, true))
            expect([index, pointer, found(record).length > 0]).toEqual([index, pointer, true])
          }
        }
      })

      test(`${answer}: a needle in a comment is found`, async () => {
        gateway.upstream.respond(sse(streamed([`: ${hidden}\n`, ...frames])))
        expect(found(await gateway.record(await ask(path, true))).length).toBeGreaterThan(0)
      })
    }

    for (const { status, body } of dialect.errors) {
      test(`an error passes as it came: ${JSON.stringify(body)}`, async () => {
        const text = typeof body === 'string' ? body : JSON.stringify(body)
        gateway.upstream.respond(json(text, { status }))
        const answer = await ask('/v1/chat/completions', false)
        expect([answer.status, answer.text()]).toEqual([status, text])
        for (const { pointer, path: at, value } of placesOf(body)) {
          if (!isText(value)) continue
          const changed = withValue(body, at, () => hidden)
          gateway.upstream.respond(json(typeof changed === 'string' ? changed : JSON.stringify(changed), { status }))
          const record = await gateway.record(await ask('/v1/chat/completions', false))
          expect([pointer, found(record).length > 0]).toEqual([pointer, true])
        }
      })
    }
  })
}
