import { describe, expect, test } from 'bun:test'
import { json, type RawResponse } from '@sluice/testing'
import { contentType, form, type Part } from '../files/forms.ts'
import { detectors, needle, policies } from './needle.ts'
import { served } from './served.ts'

const gateway = served({
  apps: { block: { policies: ['block-in'] }, redact: { policies: ['redact-in'] }, open: {} },
  config: { plugins: detectors, policies },
})

/** As what each reader takes a part depends on these, and not every reader looks at both. */
const filenames = ['filename="a"', 'filename=""', "filename*=UTF-8''a", `filename="a"; filename*=UTF-8''a`]
const part = (name: string, content: string | Uint8Array, more = ''): Part => [
  `Content-Disposition: form-data; name="${name}"${more === '' ? '' : `; ${more}`}`,
  content,
]
const sound = part('file', Uint8Array.of(0xff, 0xfb, 0x90), 'filename="a.mp3"')
const model = part('model', 'whisper-1')
const send = (path: string, parts: readonly Part[], app: string): Promise<RawResponse> =>
  gateway.send(path, form(...parts), { app, headers: [['content-type', contentType]] })

const audio = ['/v1/audio/transcriptions', '/v1/audio/translations'] as const
const sentAsFile = [
  ...audio.flatMap((path) => [
    ...['prompt', 'language', 'known_speaker_references[]', 'keywords', 'Prompt'].map(
      (name) => [path, name, [sound, model]] as const,
    ),
    [path, 'model', [sound]] as const,
  ]),
  ['/v1/files', 'purpose', [part('file', 'hi')]],
  ['/v1/files', 'purpose', []],
  ['/v1/files', 'Purpose', []],
  ['/v1/files', 'expires_after[anchor]', [part('purpose', 'user_data')]],
  ['/v1/files', 'of tomorrow', [part('purpose', 'user_data')]],
] as const

describe('26 a part of a form that is a file to one reader and a field to another', () => {
  test.each(sentAsFile)('%s: %s may not be a file', async (path, name, others) => {
    const before = gateway.upstream.requests.length
    for (const filename of filenames) {
      for (const parts of [
        [part(name, needle, filename), ...others],
        [...others, part(name, needle, filename)],
      ]) {
        const answer = await send(path, parts, 'open')
        expect([filename, answer.status, answer.text()]).toEqual([
          filename,
          400,
          expect.stringMatching(/is a file where a field must be|another name|a field where a file must be/),
        ])
      }
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test.each([
    [audio[0], [model]],
    [audio[1], [model]],
    ['/v1/files', [part('purpose', 'batch')]],
  ] as const)('%s: file may not be a field', async (path, others) => {
    const answer = await send(path, [...others, part('file', 'hi')], 'open')
    expect([answer.status, answer.text()]).toEqual([
      400,
      expect.stringContaining('part 2 is a field where a file must'),
    ])
  })

  test.each(audio)('%s: a file that nobody knows is inspected as text where it is UTF-8', async (path) => {
    gateway.upstream.respond(json({ text: 'ok' }))
    for (const filename of filenames) {
      const parts = (word: string): readonly Part[] => [sound, model, part('notes', `say ${word}`, filename)]
      expect((await send(path, parts(needle), 'block')).status).toBe(451)
      expect((await send(path, parts(needle), 'redact')).status).toBe(200)
      expect(Buffer.from(gateway.upstream.requests.at(-1)?.body ?? '')).toEqual(
        Buffer.from(form(...parts('[REDACTED]'))),
      )
    }
    const bytes = form(sound, model, part('notes', Uint8Array.of(0xff, 0xfe, 0), 'filename="b"'))
    const answer = await gateway.send(path, bytes, { app: 'block', headers: [['content-type', contentType]] })
    expect(answer.status).toBe(200)
    expect(Buffer.from(gateway.upstream.requests.at(-1)?.body ?? '')).toEqual(Buffer.from(bytes))
    expect((await gateway.record(answer)).segments.notInspected).toContainEqual(
      expect.objectContaining({ content: 'file' }),
    )
  })
})
