import { describe, expect, test } from 'bun:test'
import { adapter, host, limits, operation, reply } from '../../test/fakes.ts'
import type { Operation } from '../protocol/adapter.ts'
import { decodeBody, readRequest } from './read-body.ts'
import { Refused } from './refusals.ts'
import { compileRoute } from './routes.ts'

const runtime = host(() => reply(''))
const utf8 = new TextEncoder()

async function read(
  body: BodyInit | null,
  headers: Record<string, string> = {},
  members: Partial<Operation> = {},
  maxBodyBytes = limits.maxBodyBytes,
) {
  const request = new Request('http://x/v1/chat', { method: 'POST', body, headers })
  const result = await readRequest(
    request,
    compileRoute(operation(members), { id: 'fake', instance: adapter() }),
    { ...limits, maxBodyBytes },
    runtime,
  )
  return result instanceof Refused ? `${result.code}: ${result.text}` : result
}

const code = async (...args: Parameters<typeof read>): Promise<string> => {
  const result = await read(...args)
  return typeof result === 'string' ? (result.split(':')[0] ?? '') : 'read'
}

describe('a body that does not come', () => {
  const broken = (start: (controller: ReadableStreamDefaultController<Uint8Array>) => void): ReadableStream =>
    new ReadableStream({ start })
  const readWithin = (maxBodyMs: number, body: ReadableStream) =>
    readRequest(
      new Request('http://x/v1/chat', { method: 'POST', body }),
      compileRoute(operation(), { id: 'fake', instance: adapter() }),
      { ...limits, maxBodyMs },
      runtime,
    )

  test('is waited for so long: however many bytes come meanwhile', async () => {
    let drip: ReturnType<typeof setInterval> | undefined
    const slow = broken((controller) => {
      drip = setInterval(() => controller.enqueue(utf8.encode(' ')), 2)
    })
    expect(await readWithin(20, slow)).toMatchObject({ code: 'SLUICE_BODY_TIMEOUT' })
    clearInterval(drip)
  })

  test('because its client left is no fault of the gateway', async () => {
    const left = broken((controller) => controller.error(new Error('gone')))
    expect(await readWithin(1000, left)).toMatchObject({ code: 'SLUICE_BODY_MALFORMED' })
  })
})

describe('a JSON body', () => {
  test('is the text and the value of the same bytes', async () => {
    const text = '{ "a": 12345678901234567890, "b": "\\u00e9é" }'
    expect(await read(text)).toMatchObject({
      body: { type: 'json', text, value: JSON.parse(text) },
      bytes: utf8.encode(text),
      decoded: false,
      received: utf8.encode(text).length,
    })
  })

  const malformed: readonly (readonly [string, BodyInit | null])[] = [
    ['nothing', null],
    ['no JSON', '{"a":'],
    ['two values', '{}{}'],
    ['a list', '[]'],
    ['text', '"x"'],
    ['null', 'null'],
    ['a key twice', '{"a":1,"\\u0061":2}'],
    ['too deep', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`],
    ['a byte order mark', '\uFEFF{}'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
    ['half a character', utf8.encode('{"a":"é"}').slice(0, 7)],
  ]
  for (const [name, body] of malformed) {
    test(`${name} is 400`, async () => expect(await code(body)).toBe('SLUICE_BODY_MALFORMED'))
  }

  test('a known member of another type or spelling is 400', async () => {
    const fields = { '/model': ['string'] } as const
    expect(await read('{"model":1}', {}, { fields })).toContain('/model must be string')
    expect(await code('{"Model":"x"}', {}, { fields })).toBe('SLUICE_BODY_MALFORMED')
    expect(await code('{"model":"x"}', {}, { fields })).toBe('read')
  })

  test('is taken under these content types', async () => {
    for (const type of [
      'application/json',
      'Application/JSON; charset=UTF-8',
      'application/json;charset="utf8"',
      'application/json; ;',
      '',
    ]) {
      expect(await code(utf8.encode('{}'), { 'content-type': type })).toBe('read')
    }
    expect(await code('{}', { 'content-type': 'application/vnd.api+json' })).toBe('read')
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded']) {
      expect(await code('{}', { 'content-type': type })).toBe('SLUICE_CONTENT_TYPE_UNSUPPORTED')
    }
    for (const charset of ['utf-16', 'iso-8859-1', 'utf-7', '"utf-16"']) {
      expect(await code('{}', { 'content-type': `application/json; charset=${charset}` })).toBe(
        'SLUICE_ENCODING_UNSUPPORTED',
      )
    }
    for (const type of [
      'application/json; charset=utf-8; charset=utf-16',
      'application/json; charset = utf-16',
      "application/json; charset*=utf-8''utf-16",
      'text/plain, application/x+json',
      'application/json; x="',
    ]) {
      expect(await read('{}', { 'content-type': type })).toBe(
        'SLUICE_CONTENT_TYPE_UNSUPPORTED: The Content-Type cannot be read, or names a parameter or itself twice. Send application/json.',
      )
    }
  })
})

describe('size', () => {
  const exactly = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`
  const streamed = (text: string) => {
    const bytes = utf8.encode(text)
    let at = 0
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.length) controller.close()
        else controller.enqueue(bytes.slice(at, at + 7))
        at += 7
      },
      cancel() {
        cancelled = true
      },
    })
    return { body, cancelled: () => cancelled }
  }

  test('at the limit it is read, past it 413, announced or not', async () => {
    expect(await code(exactly(100), {}, {}, 100)).toBe('read')
    expect(await code(exactly(101), {}, {}, 100)).toBe('SLUICE_BODY_TOO_LARGE')
    expect(await code(streamed(exactly(100)).body, {}, {}, 100)).toBe('read')
    expect(await code('{}', { 'content-length': '101' }, {}, 100)).toBe('SLUICE_BODY_TOO_LARGE')
  })

  test('reading stops at the limit', async () => {
    const endless = streamed(exactly(100_000))
    expect(await code(endless.body, {}, {}, 100)).toBe('SLUICE_BODY_TOO_LARGE')
    expect(endless.cancelled()).toBe(true)
  })

  test('a length is not believed beside a transfer coding, nor when it is short', async () => {
    expect(await code(exactly(101), { 'content-length': '5', 'transfer-encoding': 'chunked' }, {}, 100)).toBe(
      'SLUICE_BODY_TOO_LARGE',
    )
    expect(await code(exactly(101), { 'content-length': '5' }, {}, 100)).toBe('SLUICE_BODY_TOO_LARGE')
    expect(await code(exactly(101), { 'content-length': '5, 5' }, {}, 100)).toBe('SLUICE_BODY_TOO_LARGE')
  })
})

describe('codings', () => {
  // The fake coding of these tests: one byte Z before the plain text.
  const coded = (text: string, times = 1) => utf8.encode(`${'Z'.repeat(times)}${text}`)

  test('are undone, last first, and what they held is what is read and sent', async () => {
    const result = await read(coded('{"a":1}', 2), { 'content-encoding': 'gzip, BR' })
    expect(result).toMatchObject({
      body: { value: { a: 1 } },
      bytes: utf8.encode('{"a":1}'),
      decoded: true,
      received: 9,
    })
    expect(await read('{}', { 'content-encoding': 'identity' })).toMatchObject({ decoded: false })
  })

  test('unknown, damaged or too many are 415', async () => {
    for (const encoding of ['compress', 'gzip, x', 'gzip;q=1', 'gzip,gzip,gzip']) {
      expect(await code(coded('{}', 3), { 'content-encoding': encoding })).toBe('SLUICE_ENCODING_UNSUPPORTED')
    }
    expect(await code('{}', { 'content-encoding': 'gzip' })).toBe('SLUICE_ENCODING_UNSUPPORTED')
  })

  test('a bomb is 413', () => {
    const bomb = host(() => reply(''), { decompress: () => 'too-large' })
    const result = decodeBody(coded('{}'), 'gzip', 10, bomb)
    expect(result).toMatchObject({ code: 'SLUICE_BODY_TOO_LARGE' })
  })
})

describe('other bodies', () => {
  test('where none is taken, none may come', async () => {
    expect(await read(null, {}, { request: 'none' })).toMatchObject({ body: { type: 'none' }, bytes: undefined })
    expect(await code('{}', {}, { request: 'none' })).toBe('SLUICE_BODY_MALFORMED')
    const route = compileRoute(operation({ request: 'none' }), { id: 'fake', instance: adapter() })
    const get = async (headers: Record<string, string>): Promise<string> => {
      const result = await readRequest(new Request('http://x/v1/models', { headers }), route, limits, runtime)
      return result instanceof Refused ? result.code : result.body.type
    }
    expect([await get({ 'content-length': '2' }), await get({ 'transfer-encoding': 'chunked' })]).toEqual(
      Array(2).fill('SLUICE_BODY_MALFORMED'),
    )
    expect([await get({}), await get({ 'content-length': '0' })]).toEqual(['none', 'none'])
  })

  test('plain text is read, opaque bytes are not', async () => {
    expect(await read('näh', {}, { request: 'text' })).toMatchObject({ body: { type: 'text', text: 'näh' } })
    const bytes = new Uint8Array([0xff, 0])
    expect(await read(bytes, { 'content-type': 'audio/wav' }, { request: 'opaque' })).toMatchObject({
      body: { type: 'opaque', contentType: 'audio/wav' },
      bytes,
    })
  })

  test('forms are read part by part, or refused', async () => {
    const form = new FormData()
    form.append('model', 'm')
    form.append('file', new Blob(['x']), 'a.txt')
    const result = await read(form, {}, { request: 'form' })
    expect(result).toMatchObject({
      body: { type: 'form', parts: [{ name: 'model', text: 'm' }, { filename: 'a.txt' }] },
    })
    expect(await code('{}', { 'content-type': 'application/json' }, { request: 'form' })).toBe(
      'SLUICE_CONTENT_TYPE_UNSUPPORTED',
    )
    expect(await code('nothing', { 'content-type': 'multipart/form-data; boundary=x' }, { request: 'form' })).toBe(
      'SLUICE_BODY_MALFORMED',
    )
  })
})
