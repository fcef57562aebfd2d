import { describe, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { json } from '@sluice/testing'
import { detectors, needle, policies } from './needle.ts'
import { served, utf8 } from './served.ts'

const gateway = served({
  apps: { judged: { policies: ['block-in'] }, edited: { policies: ['redact-in'] }, open: {} },
  config: { plugins: detectors, policies },
})

/** Every byte there is, line ends and what looks like a boundary among them. */
const binary = new Uint8Array([
  ...Array.from({ length: 256 }, (_, byte) => byte),
  ...utf8('\r\n--not-it\r\n--\r\n\r\n'),
  ...Array.from({ length: 256 }, (_, byte) => 255 - byte),
])

interface Part {
  readonly head: string
  readonly content: Uint8Array
}

const field = (name: string, value: string): Part => ({
  head: `Content-Disposition: form-data; name="${name}"`,
  content: utf8(value),
})
const file = (more: string, content: Uint8Array, type = 'audio/wav'): Part => ({
  head: `Content-Disposition: form-data; name="file"; ${more}\r\nContent-Type: ${type}`,
  content,
})

function formOf(parts: readonly Part[], boundary: string): Uint8Array {
  const pieces = parts.flatMap(({ head, content }) => [utf8(`--${boundary}\r\n${head}\r\n\r\n`), content, utf8('\r\n')])
  return new Uint8Array(Buffer.concat([...pieces, utf8(`--${boundary}--\r\n`)]))
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

// https://github.com/BerriAI/litellm/pull/38104
describe('26 a form is downgraded or encoded anew', () => {
  const boundaries: Readonly<Record<string, string>> = {
    'a plain boundary': 'b',
    'as browsers write it': '----WebKitFormBoundaryE19zNvXGzXaLvS5C',
    'as Node writes it': 'form-data-boundary-1fyo8z',
    'a boundary of odd characters': "'()+_,-./:=?",
    'a boundary of 70 characters': 'x'.repeat(70),
  }
  const forms: Readonly<Record<string, (words: string) => readonly Part[]>> = {
    'the file first': (words) => [
      file('filename="a.wav"', binary),
      field('model', 'whisper-1'),
      field('prompt', words),
    ],
    'the file last': (words) => [field('prompt', words), field('model', 'whisper-1'), file('filename="a.wav"', binary)],
    'a file of no bytes': (words) => [
      file('filename=""', new Uint8Array()),
      field('model', 'm'),
      field('prompt', words),
    ],
    '`filename*`': (words) => [
      file('filename="naive.wav"; filename*=UTF-8\'\'na%C3%AFve.wav', binary),
      field('model', 'm'),
      field('prompt', words),
    ],
    'a file name in UTF-8, with %22 for a quote': (words) => [
      file('filename="%22語 é%22.wav"', binary, 'application/octet-stream; charset=binary'),
      field('model', 'm'),
      field('prompt', words),
    ],
    'empty fields, repeated fields, unknown fields': (words) => [
      field('model', 'm'),
      field('language', ''),
      field('timestamp_granularities[]', 'word'),
      file('filename="a.wav"', binary),
      field('timestamp_granularities[]', 'segment'),
      field('timestamp_granularities[]', ''),
      field('x_new', ' 1.0 '),
      field('prompt', `a\r\n${words}\n\r`),
    ],
  }

  test.each(Object.entries(boundaries))('%s', async (_, boundary) => {
    gateway.upstream.respond(json('{"text":"ok"}'))
    const label = /^[\w-]+$/.test(boundary) ? boundary : `"${boundary}"`
    const type = `multipart/form-data; boundary=${label}`
    const send = (path: string, body: Uint8Array, app: string) =>
      gateway.send(path, body, { app, headers: [['content-type', type]] })

    for (const path of ['/v1/audio/transcriptions', '/v1/audio/translations']) {
      for (const [name, parts] of Object.entries(forms)) {
        const harmless = formOf(parts('nothing'), boundary)
        const harmful = formOf(parts(needle), boundary)
        const sent: [body: Uint8Array, app: string, expected: Uint8Array][] = [
          [harmless, 'judged', harmless],
          [harmful, 'open', harmful],
          [harmful, 'edited', formOf(parts('[REDACTED]'), boundary)],
        ]
        for (const [body, app, expected] of sent) {
          const came = await send(path, body, app)
          const up = gateway.upstream.requests.at(-1)
          expect([name, came.status, up?.header('content-type')]).toEqual([name, 200, type])
          expect(up?.body).toEqual(expected)
        }
        const before = gateway.upstream.requests.length
        expect((await send(path, harmful, 'judged')).status).toBe(451)
        expect(gateway.upstream.requests).toHaveLength(before)
      }
    }
  })

  test('another reader finds the same file in it, beside an edit and without one', async () => {
    gateway.upstream.respond(json('{"text":"ok"}'))
    const type = 'multipart/form-data; boundary=b'
    for (const [app, prompt] of [
      ['open', needle],
      ['edited', '[REDACTED]'],
    ] as const) {
      const body = formOf([file('filename="a.wav"', binary), field('model', 'm'), field('prompt', needle)], 'b')
      await gateway.send('/v1/audio/transcriptions', body, { app, headers: [['content-type', type]] })
      const up = gateway.upstream.requests.at(-1)
      const form = await new Response(new Uint8Array(up?.body ?? []), {
        headers: { 'content-type': up?.header('content-type') ?? '' },
      }).formData()
      const uploaded = form.get('file')
      if (!(uploaded instanceof File)) throw new Error('the file is no file')
      expect([uploaded.name, sha256(await uploaded.bytes())]).toEqual(['a.wav', sha256(binary)])
      expect([form.get('model'), form.get('prompt')]).toEqual(['m', prompt])
      expect([...form.keys()]).toEqual(['file', 'model', 'prompt'])
    }
  })

  test('a coded form is decoded, and its parts are the same', async () => {
    gateway.upstream.respond(json('{"text":"ok"}'))
    const body = formOf([file('filename="a.wav"', binary), field('model', 'm'), field('prompt', 'hi')], 'b')
    const headers = [
      ['content-type', 'multipart/form-data; boundary=b'],
      ['content-encoding', 'gzip'],
    ] as const
    const came = await gateway.send('/v1/audio/transcriptions', gzipSync(body), { app: 'judged', headers })
    expect(came.status).toBe(200)
    expect(gateway.upstream.requests.at(-1)?.body).toEqual(body)
    expect(gateway.upstream.requests.at(-1)?.header('content-encoding')).toBeUndefined()
  })
})
