import { expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import type { ExchangeRecord, Json } from '@sluice/core'
import { json, type RawResponse, seededRandom, sse } from '@sluice/testing'
import fc from 'fast-check'
import { type Call, choiceChunks, prompt, type Said, usage, whole } from './answers.ts'
import { detectors, needle, policies } from './needle.ts'
import { boundary, encodeForm } from './requests.ts'
import { served, utf8, verdict } from './served.ts'

const filter = '@sluice/tool-filter-rules'
const gateway = served({
  apps: {
    open: {},
    block: { policies: ['block-out'] },
    redact: { policies: ['redact-out'] },
    filtered: { policies: ['redact-out'], plugins: [{ id: filter, options: { deny: ['sql'] } }] },
  },
  config: { plugins: [...detectors, { use: filter }], policies },
})
const chat = '/v1/chat/completions'
const folder = new URL('../../../../../plugins/adapter-openai/fixtures/', import.meta.url)

const text: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        needle,
        ' ',
        'and',
        'so on',
        '"',
        '\\',
        '\n',
        '\r\n',
        'data: ',
        '{',
        '😀',
        '你',
        'é\u0301',
        '\u2028',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(' '))

const input: fc.Arbitrary<string> = fc.oneof(
  text,
  fc.record({ to: text, list: fc.array(text, { maxLength: 2 }) }).map((value) => JSON.stringify(value)),
  text.map((name) => JSON.stringify({ [name]: 1 })),
  fc.constantFrom('{"n":4111111111111111}', '', '{"to":"'),
  text.map((value) => escaped(JSON.stringify([value]))),
)

const said: fc.Arbitrary<Said> = fc.record(
  {
    reasoning_content: text,
    content: text,
    refusal: text,
    calls: fc
      .array(fc.record({ name: fc.constantFrom('pay', 'sql', 'no_such_tool'), input, isCustom: fc.boolean() }), {
        maxLength: 3,
      })
      .map((calls): Call[] => calls.map((call, at) => ({ ...call, id: `call_${at}` }))),
  },
  { requiredKeys: [] },
)

/** `no_such_tool` is not among them. */
const tools = ['pay', 'sql'].map((name) => ({ type: 'function', function: { name, parameters: {} } }))
const request = prompt('hi', { tools })
const streamRequest = prompt('hi', { tools, stream: true })

interface Cut {
  readonly choices: readonly Said[]
  readonly usage: boolean
  readonly app: string
  /** UTF-16 units of a delta. */
  readonly piece: number
  /** Characters beyond ASCII as JSON escapes. */
  readonly ascii: boolean
  readonly padded: boolean
  readonly crlf: boolean
  readonly seed: number
}

const cut: fc.Arbitrary<Cut> = fc.record({
  choices: fc.array(said, { minLength: 1, maxLength: 3 }),
  usage: fc.boolean(),
  app: fc.constantFrom('open', 'block', 'redact', 'filtered'),
  piece: fc.integer({ min: 1, max: 12 }),
  ascii: fc.boolean(),
  padded: fc.boolean(),
  crlf: fc.boolean(),
  seed: fc.nat(),
})

function escaped(text: string): string {
  return text.replace(/[^\x00-\x7f]|[0-9]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The stream's bytes: the choices mixed, each in its own order. */
function streamOf({ choices, usage: counted, piece, ascii, padded, crlf, seed }: Cut): Uint8Array {
  const next = seededRandom(seed)
  const waiting = choices.map((choice, index) => choiceChunks(choice, index, piece))
  const frames: Json[] = []
  for (;;) {
    const left = waiting.filter((list) => list.length > 0)
    const [first] = left[Math.floor(next() * left.length)]?.splice(0, 1) ?? []
    if (first === undefined) break
    frames.push(first)
  }
  if (counted) frames.push({ choices: [], usage })
  const end = crlf ? '\r\n' : '\n'
  const texts = frames.map((frame) => {
    const padding = padded ? { obfuscation: 'x'.repeat(Math.floor(next() * 9)) } : {}
    // Chunks are objects.
    const text = JSON.stringify({ ...(frame as object), ...padding })
    return `data: ${ascii ? text.replace(/[^\x00-\x7f]/g, escaped) : text}${end}${end}`
  })
  return utf8(`${texts.join('')}data: [DONE]${end}${end}`)
}

function positions(length: number, seed: number): number[] {
  const next = seededRandom(seed)
  const count = Math.floor(next() * Math.min(length, 40))
  return Array.from({ length: count }, () => Math.floor(next() * length)).sort((a, b) => a - b)
}

function judged(record: ExchangeRecord | undefined): object {
  if (record === undefined) throw new Error('not recorded')
  // A blocked answer is given in a stream that is only observed: what was decided is the same, what became of it is not.
  const { outcome: _, ...rest } = verdict(record) as { outcome: string }
  return rest
}

test('law 3: any cut of a stream arrives byte for byte and leaves the record of the whole answer', async () => {
  const cases = fc.sample(cut, { seed: 20261123, numRuns: 300 })
  const wholes: RawResponse[] = []
  const streams: RawResponse[] = []
  for (const each of cases) {
    const spelling = each.usage ? { usage } : {}
    gateway.upstream.respond(json(whole(each.choices, spelling)))
    wholes.push(await gateway.send(chat, request, { app: each.app }))
    const bytes = streamOf(each)
    gateway.upstream.respond(sse(bytes, { split: positions(bytes.length, each.seed) }))
    const stream = await gateway.send(chat, streamRequest, { app: each.app })
    expect(Buffer.from(stream.body).equals(bytes)).toBe(true)
    streams.push(stream)
  }
  const ofWholes = await gateway.records(wholes)
  const ofStreams = await gateway.records(streams)
  for (const [at, each] of cases.entries()) {
    expect({ each, ...judged(ofStreams[at]) }).toEqual({ each, ...judged(ofWholes[at]) })
  }
  const actions = new Set(ofWholes.map(({ action }) => action))
  expect([...actions].sort()).toEqual(['ALLOW', 'BLOCK', 'LOG', 'REDACT'])
})

test('law 3: recorded answers, whole and as the provider streamed them', async () => {
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []))
  expect(names.length).toBeGreaterThan(20)
  const answers = { whole: [] as RawResponse[], streamed: [] as RawResponse[] }
  for (const name of names) {
    const whole = readFileSync(new URL(`${name}.json`, folder), 'utf8')
    // A word that the provider says in whole transcripts only.
    gateway.upstream.respond(json(whole.replace('"task": "transcribe",', '')))
    answers.whole.push(await ask(name, false))
    const stream = new Uint8Array(readFileSync(new URL(`${name}.chunks.txt`, folder)))
    gateway.upstream.respond(sse(stream, { split: 37 }))
    const streamed = await ask(name, true)
    expect(Buffer.from(streamed.body).equals(stream)).toBe(true)
    answers.streamed.push(streamed)
  }
  const wholes = await gateway.records(answers.whole)
  const streams = await gateway.records(answers.streamed)
  for (const [at, name] of names.entries()) {
    expect({ name, ...judged(streams[at]) }).toEqual({ name, ...judged(wholes[at]) })
  }
})

/** Sends what the operation takes that a recorded answer is of. */
function ask(name: string, stream: boolean): Promise<RawResponse> {
  if (name.startsWith('completion')) return gateway.send('/v1/completions', { model: 'm', prompt: 'hi', stream })
  if (name.startsWith('responses')) return gateway.send('/v1/responses', { model: 'm', input: 'hi', stream })
  if (!name.startsWith('transcription')) return gateway.send(chat, prompt('hi', { stream }))
  const form = encodeForm([
    { name: 'file', filename: 'a.wav', value: 'RIFF' },
    { name: 'model', value: 'whisper-1' },
    // Both are four characters long: what is counted of the request is the same.
    { name: 'stream', value: stream ? 'true' : 'none' },
  ])
  const headers = [['content-type', `multipart/form-data; boundary=${boundary}`]] as const
  return gateway.send('/v1/audio/transcriptions', form, { headers })
}
