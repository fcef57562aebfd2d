import { describe, expect, test } from 'bun:test'
// The differential partner: the multipart reader that most Node servers use.
import { Busboy } from '@fastify/busboy'
import fc from 'fast-check'
import { type Multipart, readMultipart, repeatedNames } from './read.ts'

const TYPE = 'multipart/form-data; boundary=XX'
const LIMITS = { maxParts: 8, maxFieldBytes: 1000 }
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const FIELD = '--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\nvalue\r\n'

function read(body: string | Uint8Array, type = TYPE): ReturnType<typeof readMultipart> {
  return readMultipart(typeof body === 'string' ? bytesOf(body) : body, type, LIMITS)
}

function parsed(body: string | Uint8Array, type = TYPE): Multipart {
  const reading = read(body, type)
  if (!reading.ok) throw new Error(reading.message)
  return reading
}

interface Seen {
  readonly name: string
  readonly filename: string | undefined
  readonly content: string
}

function readByBusboy(body: Uint8Array, contentType: string): Promise<Seen[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Seen[]>()
  const seen: Seen[] = []
  const busboy = new Busboy({
    headers: { 'content-type': contentType },
    isPartAFile: (_name, _type, file) => file !== undefined,
  })
  busboy.on('field', (name, value) =>
    seen.push({ name, filename: undefined, content: Buffer.from(value).toString('hex') }),
  )
  busboy.on('file', (name, stream, filename) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => seen.push({ name, filename, content: Buffer.concat(chunks).toString('hex') }))
  })
  busboy.on('finish', () => resolve(seen))
  busboy.on('error', reject)
  busboy.end(body)
  return promise
}

describe('readMultipart', () => {
  test('reads what the platform writes, and as busboy reads it', async () => {
    const name = fc.constantFrom('model', 'prompt', 'file', 'include[]', 'naïve')
    const field = fc.record({
      name,
      text: fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/\r?\n|\r/g, ' ')),
    })
    const file = fc.record({
      name,
      filename: fc.constantFrom('a.mp3', 'ü b.txt', '语.jsonl'),
      bytes: fc.uint8Array({ maxLength: 80 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(field, file), { minLength: 1, maxLength: 6 }), async (entries) => {
        const form = new FormData()
        for (const entry of entries) {
          if ('text' in entry) form.append(entry.name, entry.text)
          // A copy, because a Blob takes only bytes that are not shared.
          else form.append(entry.name, new File([new Uint8Array(entry.bytes)], entry.filename))
        }
        const request = new Response(form)
        const contentType = request.headers.get('content-type') ?? ''
        const body = new Uint8Array(await request.arrayBuffer())
        const { parts } = parsed(body, contentType)
        const ours = parts.map((part): Seen => {
          const content = Buffer.from(body.subarray(part.start, part.end)).toString('hex')
          if (part.text !== undefined) expect(Buffer.from(part.text).toString('hex')).toBe(content)
          return { name: part.name, filename: part.filename, content }
        })
        const sorted = (seen: readonly Seen[]): string[] => seen.map((each) => JSON.stringify(each)).sort()
        expect(sorted(ours)).toEqual(sorted(await readByBusboy(body, contentType)))
        expect(parts.map((part) => part.name)).toEqual(entries.map((entry) => entry.name))
      }),
      { seed: 62, numRuns: 150 },
    )
  })

  test('keeps a file as bytes, with its extended name, and an empty file as a file', () => {
    const body = Buffer.concat([
      bytesOf(
        '--XX\r\nContent-Disposition: form-data; name="file"; filename="x.txt"; filename*=UTF-8\'\'na%C3%AFve.txt\r\n' +
          'Content-Type: application/octet-stream\r\n\r\n',
      ),
      Uint8Array.of(0, 255, 13, 10, 45, 45, 88),
      bytesOf('\r\n--XX\r\nContent-Disposition: form-data; name=none; filename=""\r\n\r\n\r\n--XX--\r\n'),
    ])
    const { parts } = parsed(body)
    expect(parts[0]).toMatchObject({ name: 'file', filename: 'naïve.txt', plainFilename: 'x.txt' })
    expect([...body.subarray(parts[0]?.start, parts[0]?.end)]).toEqual([0, 255, 13, 10, 45, 45, 88])
    expect(parts[0]?.text).toBeUndefined()
    expect(parts[1]).toMatchObject({ name: 'none', filename: '' })
    expect(parts[1]?.end).toBe(parts[1]?.start ?? -1)
  })

  test('takes blank lines around, a quoted boundary, a byte order mark in a field, a true Content-Length', () => {
    const body = `\r\n--X X\r\nContent-Disposition: form-data; name="a"\r\nContent-Length: 5\r\n\r\n\ufeff"\r\r\n--X X--\r\n \r\n`
    expect(parsed(body, 'Multipart/Form-Data; charset=UTF-8; boundary="X X"').parts[0]?.text).toBe('\ufeff"\r')
  })

  // PITFALLS 69 and law 2: what two parsers could read differently.
  test.each([
    ['no boundary parameter', FIELD, 'multipart/form-data', 'has no boundary'],
    ['a doubled boundary parameter', FIELD, `${TYPE}; boundary=YY`, 'names a parameter twice'],
    ['an extended boundary', FIELD, "multipart/form-data; boundary*=utf-8''XX", 'in an extended form'],
    ['a boundary with a backslash', FIELD, 'multipart/form-data; boundary="X\\X"', 'cannot be read'],
    ['an empty boundary', FIELD, 'multipart/form-data; boundary=""', '1 to 70'],
    ['another type', FIELD, 'multipart/mixed; boundary=XX', 'is not multipart/form-data'],
    ['text before the first boundary', `x\r\n${FIELD}--XX--`, TYPE, 'text before the first boundary'],
    ['text after the last boundary', `${FIELD}--XX--\r\nx`, TYPE, 'text after the last boundary'],
    ['a part after the last boundary', `${FIELD}--XX--\r\n${FIELD}--XX--`, TYPE, 'text after the last boundary'],
    ['no boundary in the body', 'a=b', TYPE, 'does not stand in the body'],
    ['no final boundary', FIELD, TYPE, 'final boundary is missing'],
    ['a cut final boundary', `${FIELD}--XX-`, TYPE, 'does not end its line'],
    ['no part', '--XX--\r\n', TYPE, 'no part'],
    ['bare LF line ends', `${FIELD}--XX--`.replaceAll('\r\n', '\n'), TYPE, 'does not end its line'],
    ['a bare LF before a boundary', `${FIELD.slice(0, -2)}\n--XX--`, TYPE, 'does not begin a line'],
    ['a bare CR before a boundary', `${FIELD.slice(0, -2)}\r--XX--`, TYPE, 'does not begin a line'],
    ['a boundary within a line', FIELD.replace('value', 'va--XXlue'), TYPE, 'does not begin a line'],
    ['padding after a boundary', `${FIELD.replace('--XX', '--XX ')}--XX--`, TYPE, 'does not end its line'],
    ['a longer boundary', `${FIELD}--XXY\r\n${FIELD}--XX--`, TYPE, 'boundary 2 does not end its line'],
  ])('refuses %s', (_name, body, type, message) => {
    const reading = read(body, type)
    expect(reading.ok ? 'read' : reading.message).toContain(message)
  })

  const disposition = 'Content-Disposition: form-data; name="a"'
  test.each([
    ['a doubled name', `${disposition}; name="model"`, 'names a parameter twice'],
    ['name*', `${disposition}; name*=utf-8''model`, 'extended form'],
    ['a missing name', 'Content-Disposition: form-data', 'has no name'],
    ['an empty name', 'Content-Disposition: form-data; name=""', 'has no name'],
    ['a percent sign in a name', 'Content-Disposition: form-data; name="mod%65l"', 'percent sign'],
    ['an escaped quote', 'Content-Disposition: form-data; name="a\\"; filename=\\"b"', 'cannot be read'],
    ['another disposition', 'Content-Disposition: attachment; name="a"', 'disposition form-data'],
    ['an unknown parameter', `${disposition}; x=y`, 'other than name'],
    ['filename* in Latin-1', `${disposition}; filename*=iso-8859-1''%E9`, 'not in UTF-8'],
    ['filename* of broken UTF-8', `${disposition}; filename*=utf-8''%E9`, 'not in UTF-8'],
    ['no disposition', 'Content-Type: text/plain', 'no Content-Disposition'],
    ['a doubled header', `${disposition}\r\n${disposition}`, 'has a header twice'],
    ['a transfer encoding', `${disposition}\r\nContent-Transfer-Encoding: base64`, 'Content-Transfer-Encoding'],
    ['a nested multipart', `${disposition}\r\nContent-Type: multipart/mixed; boundary=YY`, 'itself multipart'],
    ['a charset', `${disposition}\r\nContent-Type: text/plain; charset=utf-7`, 'charset other than utf-8'],
    ['a folded header', `${disposition};\r\n filename="x"`, 'cannot be read'],
    ['another header', `${disposition}\r\nX-Model: gpt`, 'has a header other than'],
    ['a bare LF in a header', `${disposition}\nX: y`, 'cannot be read'],
    ['a false Content-Length', `${disposition}\r\nContent-Length: 4`, 'is not its length'],
    ['a long header', `${disposition}\r\nContent-Type: text/plain; x="${'y'.repeat(9000)}"`, 'at most 8192 bytes'],
  ])('refuses a part with %s', (_name, header, message) => {
    const reading = read(`--XX\r\n${header}\r\n\r\nvalue\r\n--XX--\r\n`)
    expect(reading.ok ? 'read' : reading.message).toContain(message)
    if (!reading.ok) expect(reading.message).toStartWith('multipart: part 1 ')
  })

  test('refuses fields and headers that are not UTF-8, and fields and parts past their limits', () => {
    const message = (body: string | Uint8Array): string => {
      const reading = read(body)
      return reading.ok ? 'read' : reading.message
    }
    const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))
    expect(message(latin(`${FIELD.replace('value', 'caf\xe9')}--XX--`))).toContain('field that is not UTF-8')
    expect(message(latin(`${FIELD.replace('"a"', '"\xe9"')}--XX--`))).toContain('header that is not UTF-8')
    expect(message(`${FIELD.replace('value', 'v'.repeat(1001))}--XX--`)).toContain('field of more than 1000 bytes')
    expect(message(`${FIELD.replace('value', 'v'.repeat(1000))}--XX--`)).toBe('read')
    expect(message(`${FIELD.repeat(8)}--XX--`)).toBe('read')
    expect(message(`${FIELD.repeat(9)}--XX--`)).toContain('more than 8 parts')
    expect(message(`${FIELD.repeat(900)}--XX--`)).toContain('more than 8 parts')
    expect(message(`${FIELD.replace('"a"', '_charset_').replace('value', 'latin1')}--XX--`)).toContain(
      'asks for a charset',
    )
  })

  test('a header that has no empty line is not searched for in the next part', () => {
    const reading = read(`--XX\r\nContent-Disposition: form-data; name="a"\r\n${FIELD}--XX--`)
    expect(reading.ok ? 'read' : reading.message).toContain('part 1 has no header')
  })

  test('no message quotes what came', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('', '\n', '"', '\\', ':', ';', '\u0000', '--XX'), (at, damage) => {
        const body = `${FIELD.replace('"a"', '"canary"').replace('value', 'canary')}--XX--\r\n`
        const cut = at % body.length
        const reading = read(body.slice(0, cut) + damage + body.slice(cut + 1))
        if (!reading.ok) expect(reading.message).not.toContain('canary')
      }),
      { seed: 63, numRuns: 500 },
    )
  })
})

test('names that a lenient reader takes for one are repeated', () => {
  const parts = ['model', 'file', 'Model', 'file[]', 'prompt', 'constructor'].map((name) => ({
    name,
    start: 0,
    end: 0,
  }))
  expect(repeatedNames(parts)).toEqual(['model', 'file'])
})

test('a list may be sent again and again under its own name, but not beside a plain one', () => {
  const part = { start: 0, end: 0 }
  const list = { ...part, name: 'timestamp_granularities[]' }
  expect(repeatedNames([list, list])).toEqual([])
  expect(repeatedNames([list, list, { ...part, name: 'timestamp_granularities' }])).toEqual([
    'timestamp_granularities[]',
  ])
})
