import { describe, expect, test } from 'bun:test'
import type { ExchangeRecord, Json, Operation, OperationSamples } from '@sluice/core'
import { json, type RawResponse, sse } from '@sluice/testing'
import { operations } from '../../../../../plugins/adapter-openai/src/operations/all.ts'
import { frame } from './answers.ts'
import { detectors, needle, policies } from './needle.ts'
import { boundary, encodeForm, type FormField, placesOf, withValue } from './requests.ts'
import { served } from './served.ts'

const gateway = served({
  apps: {
    in: { policies: ['block-in'] }, // The samples name what was made nowhere, and hosts that are none.
    open: { unknownIds: 'forward', privateUrls: 'forward' },
  },
  // A needle in every place at once, all of them in one record.
  config: { plugins: detectors, policies, limits: { maxFindings: 100_000, maxRecordedDetections: 100_000 } },
})

/** Longer frames repeat whole answers, a dozen times over: of those the census tells (`testCensus`). */
const longestFrame = 4096

interface Filled {
  readonly value: Json
  /** Where the needles stand. */
  readonly pointers: readonly string[]
}

/** A sample with a needle wherever any text may stand. No two are equal: what only repeats another is not read twice. */
function withNeedles(sample: Json, number = 0): Filled {
  const named = nameAll(sample)
  const free = placesOf(named).filter(({ value }) => value === '')
  const value = free.reduce(
    (whole, { path }, index) => withValue(whole, path, () => `a ${needle} b ${number}.${index}`),
    named,
  )
  return { value, pointers: free.map(({ pointer }) => pointer) }
}

/** A sample with a name wherever any may stand. */
function nameAll(sample: Json): Json {
  if (typeof sample !== 'object' || sample === null) return sample
  if (Array.isArray(sample)) return sample.map(nameAll)
  return Object.fromEntries(Object.entries(sample).map(([name, member]) => [name || 'any-name', nameAll(member)]))
}

function fieldsOf(form: Json): readonly FormField[] {
  return Object.entries(form ?? {}).map(([name, value]) => {
    return typeof value === 'string' ? { name, value } : { name, filename: value.filename, value: 'RIFF' }
  })
}

function call({ methods, path, request }: Operation, value: Json | undefined, app: string): Promise<RawResponse> {
  const [method = ''] = methods
  const target = path.replaceAll(/\{[^}]*\}/g, 'id-1')
  if (request === 'none' || value === undefined) return gateway.send(target, undefined, { app, method })
  if (request !== 'form') return gateway.send(target, JSON.stringify(value), { app, method })
  const headers = [['content-type', `multipart/form-data; boundary=${boundary}`]] as const
  return gateway.send(target, encodeForm(fieldsOf(value)), { app, method, headers })
}

/** Declared: random padding, different in every frame. */
const padding = '/obfuscation'

/** What the document describes of the adapter's operations. */
const described: { readonly operation: Operation; readonly samples: OperationSamples }[] = []
for (const operation of operations) {
  const samples = await operation.samples?.()
  if (samples !== undefined && operation.transport === 'http') described.push({ operation, samples })
}

// https://github.com/aisix-ai/aisix/pull/545
describe('4 guards on chat only: in the places that the provider itself describes', () => {
  for (const { operation, samples } of described) {
    const { request, response, events } = samples
    test(`a needle in every place of a request: ${operation.name}`, async () => {
      const before = gateway.upstream.requests.length
      expect(request.length > 0).toBe(operation.request !== 'none')
      const all = request.map((sample) => withNeedles(sample)).filter(({ pointers }) => pointers.length > 0)
      const answers: RawResponse[] = []
      for (const { value } of all) answers.push(await call(operation, value, 'in'))
      for (const answer of answers) expect(answer.text()).toContain('Content blocked due to policy violations')
      const records = await gateway.records(answers)
      for (const [index, { value, pointers }] of all.entries()) {
        const places = (records[index]?.detections ?? []).map(({ place }) => {
          return place.part === undefined ? place.pointer : pointerOfPart(value, place.part)
        })
        expect(places).toEqual(expect.arrayContaining([...pointers]))
      }
      expect(gateway.upstream.requests).toHaveLength(before)
    })

    test(`a needle in every place of an answer and of a stream: ${operation.name}`, async () => {
      const [first] = request
      const asked = first === undefined ? undefined : plain(withNeedles(first).value)
      // The first is the fullest.
      const whole = response.slice(0, 1).map((sample) => withNeedles(sample))
      const frames = events.filter((event) => JSON.stringify(event).length < longestFrame).map(withNeedles)
      const answers: RawResponse[] = []
      const ask = async (responder: Parameters<typeof gateway.upstream.respond>[0]): Promise<void> => {
        gateway.upstream.respond(responder)
        answers.push(await call(operation, asked, 'open'))
      }
      for (const { value } of whole) await ask(json(value))
      if (frames.length > 0) await ask(sse(frames.map(({ value }) => frame(value))))
      expect(answers.length).toBeGreaterThan(0)
      const records = await gateway.records(answers)
      for (const [index, { pointers }] of whole.entries()) {
        expect(found(records[index])).toEqual(expect.arrayContaining([...pointers]))
      }
      const streamed = new Set(found(records[whole.length]))
      for (const [index, { pointers }] of frames.entries()) {
        for (const pointer of pointers) {
          if (pointer !== padding) expect(streamed).toContain(`${index} ${pointer}`)
        }
      }
    })
  }
})

/** Where needles were found in an answer. */
function found(record: ExchangeRecord | undefined): readonly string[] {
  const egress = (record?.detections ?? []).filter(({ lifecycle }) => lifecycle === 'EGRESS')
  return egress.map(({ place: { frame, pointer } }) => (frame === undefined ? pointer : `${frame} ${pointer}`))
}

/** The same without needles. */
function plain(value: Json): Json {
  return JSON.parse(JSON.stringify(value).replaceAll(needle, 'hay'))
}

function pointerOfPart(form: Json, part: number): string {
  const [name, value] = Object.entries(form ?? {})[part] ?? []
  return typeof value === 'string' ? `/${name}` : `/${name}/filename`
}
