import { describe, expect, test } from 'bun:test'
import { json } from '@sluice/testing'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'
import { file, form, purpose, sha256, upload } from './forms.ts'

const made = { id: 'file-1', object: 'file' }
const gateway = served({
  apps: { block: { policies: ['block-in'] }, redact: { policies: ['redact-in'] }, observe: {} },
  config: { plugins: detectors, policies },
})
const sent = (): Buffer => Buffer.from(gateway.upstream.requests.at(-1)?.body ?? '')
const escaped = [...needle].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
/** Longer than a window, and of characters of one to four bytes. */
const filler = 'A line of nothing, in ASCII, naïve, 你好, 😀.\n'.repeat(60_000)

describe('files that are text are inspected, whatever their purpose and label', () => {
  test.each<[string, string, string]>([
    ['text', 'user_data', `Dear customer,\nyour card is ${needle}.\n`],
    ['text without an end', 'assistants', needle],
    ['JSON over several lines', 'user_data', `{\n  "card": "${escaped}"\n}`],
    ['JSON behind a byte order mark', 'user_data', `\ufeff{"card": "${escaped}"}`],
    ['JSON Lines', 'user_data', `{"a":1}\n["${escaped}"]\n`],
    ['a name in JSON', 'user_data', `{"${escaped}":1}`],
    ['training data', 'fine-tune', `{"messages":[{"role":"user","content":"${escaped}"}]}\n`],
    ['data of a purpose to come', 'purpose-of-tomorrow', `a,b\n1,${needle}\n`],
    ['text with NUL', 'user_data', `\u0000${needle}`],
  ])('%s', async (_name, word, content) => {
    const before = gateway.upstream.requests.length
    const body = form(purpose(word), file(content, 'Content-Disposition: form-data; name="file"; filename="a.pdf"'))
    const answer = await upload(gateway, body, 'block')
    expect([answer.status, await gateway.record(answer)]).toMatchObject([451, { outcome: 'blocked', action: 'BLOCK' }])
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('redaction where it stands: in text, in JSON, in lines; a name cannot be redacted', async () => {
    for (const [word, content] of [
      ['user_data', `é ${needle}\r\nand ${needle}`],
      ['user_data', `\ufeff{\n "a": 1.0,  "b": "x ${needle}" }`],
      ['fine-tune', `{"a":"${needle}"}\n\n {"b": "${needle}"}`],
    ] as const) {
      gateway.upstream.respond(json(made))
      const answer = await upload(gateway, form(file(content), purpose(word)), 'redact')
      expect(answer.status).toBe(200)
      expect(sent().toString()).toBe(
        Buffer.from(form(file(content.replaceAll(needle, '[REDACTED]')), purpose(word))).toString(),
      )
    }
    const named = await upload(gateway, form(file(`{\n"${needle}": 1}`), purpose('user_data')), 'redact')
    expect(named.status).toBe(451)
  })

  test('long text: at its head, its middle, its tail, and at every edge of what is read at once', async () => {
    const edges = [0, 500_000, 1_048_576 - 131_072, 1_048_576 - 65_536, 1_048_576, 1_966_080, 2_000_000]
    let text = filler
    // From the end, so that the places before stay where they are; not within a character.
    for (const edge of edges.toReversed()) {
      const bytes = Buffer.from(text)
      let at = edge
      while (((bytes[at] ?? 0) & 0xc0) === 0x80) at++
      text = Buffer.concat([bytes.subarray(0, at), Buffer.from(` ${needle} `), bytes.subarray(at)]).toString()
    }
    text += needle
    gateway.upstream.respond(json(made))
    const answer = await upload(gateway, form(purpose('user_data'), file(text)), 'redact')
    expect(answer.status).toBe(200)
    expect(sha256(sent())).toBe(sha256(form(purpose('user_data'), file(text.replaceAll(needle, '[REDACTED]')))))
    const record = await gateway.record(answer)
    expect(record.detections).toHaveLength(edges.length + 1)
    expect(new Set(record.detections.map(({ id }) => id)).size).toBe(edges.length + 1)
    expect(record.file).toEqual({ read: 'text' })
  })

  test('what is not text is forwarded to the byte, and declared as not inspected', async () => {
    gateway.upstream.respond(json(made))
    const image = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 256)
    const body = form(purpose('vision'), file(image, 'Content-Disposition: form-data; name="file"; filename="a.png"'))
    const answer = await upload(gateway, body, 'block')
    expect(answer.status).toBe(200)
    expect(sha256(sent())).toBe(sha256(body))
    const record = await gateway.record(answer)
    expect(record.file).toEqual({ read: 'opaque' })
    expect(record.segments.notInspected).toContainEqual({
      direction: 'ingress',
      content: 'file',
      reason: 'a file that is not text is not read',
      count: 1,
    })
  })

  test('what must be JSON Lines and is not is refused', async () => {
    for (const content of ['a,b\n1,2\n', Buffer.from([0xff, 0xfe]), '{"a":1}\n{']) {
      expect((await upload(gateway, form(file(content), purpose('fine-tune')), 'observe')).status).toBe(400)
    }
  })
})
