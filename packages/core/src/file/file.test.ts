import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { ByteSource } from '../protocol/host.ts'
import { byteSpans } from './byte-spans.ts'
import { editedBody } from './edited.ts'
import { countLines, linesOf } from './lines.ts'
import { looksOf } from './looks.ts'
import { windowsOf } from './windows.ts'

const utf8 = new TextEncoder()

/** Bytes of which a read gives everything it is asked for. */
function source(content: string | Uint8Array): ByteSource {
  const bytes = typeof content === 'string' ? utf8.encode(content) : content
  return { size: bytes.length, read: async (start, end) => bytes.slice(start, end) }
}

async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const each of from) list.push(each)
  return list
}

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

describe('lines', () => {
  test('are those that splitting gives, less the blank ones, with where they stand', async () => {
    const piece = fc.constantFrom('{"a":1}', 'é', ' ', '\t\r', '\r', '', 'x')
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.boolean(), async (pieces, ends) => {
        const content = `ab${pieces.join('\n')}${ends ? '\n' : ''}`
        const bytes = utf8.encode(content)
        const expected = text(bytes.subarray(2)).split('\n')
        const lines = await all(linesOf(source(bytes), 2, bytes.length, 1000))
        expect(lines.map(({ index, text: line }) => [index, text(line)])).toEqual(
          [...expected.entries()].filter(([, line]) => /[^ \t\r]/.test(line)),
        )
        for (const { start, end, next, text: line } of lines) {
          expect(text(bytes.subarray(start, end))).toBe(text(line))
          expect(next === end ? next : text(bytes.subarray(end, next))).toBe(next === end ? bytes.length : '\n')
        }
        expect(await countLines(source(bytes), 2, bytes.length)).toBe(lines.length)
      }),
      { seed: 71, numRuns: 300 },
    )
  })

  test('longer than a read are whole; longer than may be end the reading', async () => {
    const long = 'x'.repeat(300_000)
    const file = source(`a\n${long}\nb\n`)
    expect((await all(linesOf(file, 0, file.size, 400_000))).map(({ text: line }) => line?.length)).toEqual([
      1, 300_000, 1,
    ])
    const cut = await all(linesOf(file, 0, file.size, 250_000))
    expect(cut.map(({ index, text: line }) => [index, line?.length])).toEqual([
      [0, 1],
      [1, undefined],
    ])
    const endless = source(long)
    expect((await all(linesOf(endless, 0, endless.size, 250_000)))[0]?.text).toBeUndefined()
    expect(await countLines(file, 0, file.size)).toBe(3)
  })
})

describe('windows', () => {
  test('have each character as their own once, and see what lies around it', async () => {
    const unit = fc.constantFrom('a', '\n', 'é', '你', '😀')
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { minLength: 20, maxLength: 400 }), async (units) => {
        const content = units.join('')
        const bytes = utf8.encode(content)
        const windows = await all(windowsOf(source(bytes), 0, bytes.length, { bytes: 64, overlap: 32 }))
        expect(windows.map(({ text: of, ownFrom, ownTo }) => of.slice(ownFrom, ownTo)).join('')).toBe(content)
        for (const { start, text: of, ownFrom, ownTo } of windows) {
          expect(text(bytes.subarray(start, start + utf8.encode(of).length))).toBe(of)
          // What is no longer than half of the overlap is whole on both sides of what is a window's own.
          const atEnd = start + utf8.encode(of).length === bytes.length
          expect(atEnd || utf8.encode(of.slice(ownTo)).length >= 12).toBe(true)
          expect(start === 0 || utf8.encode(of.slice(0, ownFrom)).length >= 12).toBe(true)
        }
      }),
      { seed: 72, numRuns: 300 },
    )
  })
})

describe('what a file looks like', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'text'],
    ['text', 'a\nb', 'text'],
    ['one line of JSON', '{"a":1}', 'lines'],
    ['JSON Lines with blank ones', '\n{"a":1}\r\n\n[2]\n', 'lines'],
    ['JSON behind many spaces', `${' \n'.repeat(2000)}{"a":1}`, 'lines'],
    ['a JSON text over lines', '{\n"a":1\n}', 'json'],
    ['JSON that is too long for one reading', `{\n"a":"${'x'.repeat(2000)}"\n}`, 'text'],
    ['JSON with a key twice', '{"a":1,"a":2}', 'text'],
    ['lines of which one is none', '{"a":1}\n{', 'text'],
    ['a byte that is not UTF-8, at the end', Uint8Array.of(0x41, 0xff), 'opaque'],
    ['a character that is cut', Uint8Array.of(0x41, 0xe4, 0xbd), 'opaque'],
  ])('%s', async (_name, content, looks) => {
    const file = source(content)
    expect(await looksOf(file, 0, file.size, { maxBytes: 1000, maxDepth: 32 })).toBe(looks as 'text')
  })
})

test('an edited body is the source with its stretches replaced, and as long as it says', async () => {
  const property = fc.asyncProperty(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.array(fc.tuple(fc.nat(60), fc.nat(60), fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 4 }),
    async (content, wanted) => {
      const chars = [...content]
      const offsets = chars.map((_, at) => chars.slice(0, at).join('').length).concat(content.length)
      const at = (n: number): number => offsets[n % offsets.length] ?? 0
      const spans: { start: number; end: number; replacement: string }[] = []
      for (const [a, b, replacement] of wanted.toSorted((x, y) => at(x[0]) - at(y[0]))) {
        const span = { start: at(a), end: Math.max(at(a), at(b)), replacement }
        if (span.start >= (spans.at(-1)?.end ?? 0)) spans.push(span)
      }
      let expected = ''
      let from = 0
      for (const { start, end, replacement } of spans) {
        expected += content.slice(from, start) + replacement
        from = end
      }
      expected += content.slice(from)
      const body = editedBody(source(`..${content}`), byteSpans(content, spans, 2))
      const streamed = await new Response(body.stream() as ReadableStream<Uint8Array<ArrayBuffer>>).bytes()
      expect([text(streamed), streamed.length]).toEqual([`..${expected}`, body.size])
    },
  )
  await fc.assert(property, { seed: 73, numRuns: 300 })
})
