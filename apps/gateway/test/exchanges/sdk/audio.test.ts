import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import OpenAI, { type ClientOptions, toFile } from 'openai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { all, clientOf, failure } from './client.ts'

let provider: Provider
let sluice: TestSluice

/** Every byte value, line ends and dashes as a boundary has them: 100 KB. */
const sound = new Uint8Array(100_000).map((_, index) => (index * 31 + (index >> 8)) & 255)
sound.set(Buffer.from('\r\n--\r\n----boundary\r\nContent-Disposition: form-data; name="model"\r\n\r\n--'), 5000)
const fileName = 'Gespräch – Teil 1.wav'

const spoken = { text: 'Hello there.', usage: { type: 'duration' as const, seconds: 3 } }

beforeAll(async () => {
  provider = await startProvider({ chunkSize: 5 })
  sluice = await startSluice({ upstream: provider.url, apps: { app: {}, whisper: { allowedModels: ['whisper-1'] } } })
  provider.mock.onTranscription({ transcription: spoken })
  provider.mock.onTranslation({ transcription: { text: 'Translated.' } })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

/** A client that remembers the last body it sent, to the byte. */
function watched(): { readonly client: OpenAI; sent(): Uint8Array } {
  let sent = new Uint8Array()
  const fetchAndKeep: NonNullable<ClientOptions['fetch']> = async (url, init) => {
    const request = new Request(url, init)
    sent = new Uint8Array(await request.arrayBuffer())
    return fetch(url, { ...init, headers: request.headers, body: sent })
  }
  return { client: clientOf(sluice, undefined, { fetch: fetchAndKeep }), sent: () => sent }
}

const file = () => toFile(sound, fileName, { type: 'audio/wav' })

/** The form as the provider got it, read by another reader than the gateway's. */
async function formAtProvider(): Promise<FormData> {
  const { headers, body } = provider.last()
  // Copied: a Buffer's memory may be shared.
  return new Response(new Uint8Array(body()), {
    headers: { 'content-type': headers['content-type'] ?? '' },
  }).formData()
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('transcription as JSON: the form and the file in it arrive to the byte', async () => {
  const { client, sent } = watched()
  const transcription = await client.audio.transcriptions.create({
    file: await file(),
    model: 'gpt-4o-transcribe',
    language: 'en',
    prompt: 'names: Ada, 你好',
    temperature: 0.2,
    include: ['logprobs'],
    timestamp_granularities: ['word', 'segment'],
  })
  expect(transcription).toMatchObject(spoken)
  expect(sha256(provider.last().body())).toBe(sha256(sent()))
  const form = await formAtProvider()
  const arrived = form.get('file')
  if (!(arrived instanceof File)) throw new Error('no file arrived')
  expect(arrived.name).toBe(fileName)
  expect(sha256(new Uint8Array(await arrived.arrayBuffer()))).toBe(sha256(sound))
  expect(form.get('prompt')).toBe('names: Ada, 你好')
  expect(form.getAll('timestamp_granularities[]')).toEqual(['word', 'segment'])
})

test('transcription as verbose JSON', async () => {
  const segment = { id: 0, start: 0, end: 1.5, text: 'Hello there.', tokens: [1, 2], avg_logprob: -0.1, temperature: 0 }
  const body = {
    task: 'transcribe',
    language: 'english',
    duration: 1.5,
    text: 'Hello there.',
    segments: [{ ...segment, compression_ratio: 1.1, no_speech_prob: 0.01, seek: 0 }],
    words: [{ word: 'Hello', start: 0, end: 0.5 }],
  }
  provider.once('/v1/audio/transcriptions', { body })
  const { client } = watched()
  const transcription = await client.audio.transcriptions.create({
    file: await file(),
    model: 'whisper-1',
    response_format: 'verbose_json',
  })
  expect<unknown>(transcription).toEqual(body)
})

const texts = {
  text: 'Hello there.\n',
  srt: '1\n00:00:00,000 --> 00:00:01,500\nHello there.\n\n',
  vtt: 'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello there.\n\n',
} as const

for (const [format, text] of Object.entries(texts)) {
  test(`transcription and translation as ${format}`, async () => {
    // aimock answers JSON whatever is asked for.
    const answer = { headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text }
    const { client } = watched()
    const request = { file: await file(), model: 'whisper-1', response_format: format as keyof typeof texts }
    provider.once('/v1/audio/transcriptions', answer)
    expect<unknown>(await client.audio.transcriptions.create(request)).toBe(text)
    expect((await formAtProvider()).get('response_format')).toBe(format)
    provider.once('/v1/audio/translations', answer)
    expect<unknown>(await client.audio.translations.create(request)).toBe(text)
  })
}

test('transcription, streamed', async () => {
  const { client, sent } = watched()
  const { data, response } = await client.audio.transcriptions
    .create({ file: await file(), model: 'gpt-4o-transcribe', stream: true })
    .withResponse()
  const events = await all(data)
  expect(sha256(provider.last().body())).toBe(sha256(sent()))
  const deltas = events.filter(({ type }) => type === 'transcript.text.delta')
  expect(deltas.length).toBeGreaterThan(1)
  expect(deltas.map((event) => ('delta' in event ? event.delta : '')).join('')).toBe(spoken.text)
  expect(events.at(-1)).toMatchObject({ type: 'transcript.text.done', text: spoken.text })
  expect((await sluice.eventOf(response)).data).toMatchObject({
    outcome: 'forwarded',
    operation: 'audio.transcriptions.create',
    stream: true,
  })
})

test('translation', async () => {
  const { client, sent } = watched()
  const translation = await client.audio.translations.create({ file: await file(), model: 'whisper-1' })
  expect(translation.text).toBe('Translated.')
  expect(sha256(provider.last().body())).toBe(sha256(sent()))
})

test('a model that is not allowed is refused where a form names it', async () => {
  const before = provider.requests.length
  const client = clientOf(sluice, 'whisper')
  const refused = failure(client.audio.transcriptions.create({ file: await file(), model: 'gpt-4o-transcribe' }))
  expect(await refused).toBeInstanceOf(OpenAI.PermissionDeniedError)
  expect(provider.requests.length).toBe(before)
  const allowed = await client.audio.transcriptions.create({ file: await file(), model: 'whisper-1' })
  expect(allowed.text).toBe(spoken.text)
})
