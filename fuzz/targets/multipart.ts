import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readMultipart, repeatedNames, spliceMultipart } from '../../packages/core/src/index.ts'
import { mutated } from '../mutate.ts'
import { bytesOf, fuzzTarget, latin1Of } from '../target.ts'

const contentType = 'multipart/form-data; boundary=b'
const field = (name: string, value: string, more = ''): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
const seeds = [
  `${field('model', 'whisper-1')}${field('file', '\u0000\u00ff--bc\r\n', '; filename="a.wav"')}${field('prompt', 'hi')}--b--\r\n`,
  `${field('purpose', 'batch')}--b\r\ncontent-type: text/plain\r\nContent-Disposition: form-data; name="file"; filename*=utf-8''x%20y\r\nContent-Length: 3\r\n\r\nabc\r\n--b--`,
]
const limits = { maxParts: 8, maxFieldBytes: 1000 }

export const multipart = fuzzTarget<{ text: string }>({
  name: 'multipart',
  law: 'A form that is taken is read by the runtime in the same way; an edit of a field leaves every other byte.',
  cases: fc.record({ text: mutated(seeds, 4) }),
  async check({ text }) {
    const bytes = bytesOf(text)
    const form = readMultipart(bytes, contentType, limits)
    if (!form.ok) {
      assert(form.message.startsWith('multipart: '))
      return
    }
    for (const { start, end } of form.parts) assert(start <= end && end <= bytes.length)
    if (repeatedNames(form.parts).length === 0) await assertSame(bytes, form.parts)
    for (const [part, { text: value, start, end }] of form.parts.entries()) {
      if (value === undefined || value === '') continue
      const place = { part, pointer: '' } as const
      const edit = { type: 'text', place, start: 0, end: value.length, replacement: 'X' } as const
      const edited = spliceMultipart(bytes, form, [edit])
      assert(edited !== undefined, 'a plain field could not be edited')
      const again = readMultipart(edited, contentType, limits)
      assert(again.ok && again.parts[part]?.text === 'X')
      assert(latin1Of(edited).endsWith(text.slice(end)), 'bytes behind the edit have changed')
      assert.equal(latin1Of(edited).slice(0, 3), text.slice(0, 3))
      assert(start > 0)
    }
  },
})

async function assertSame(bytes: Uint8Array, parts: Parameters<typeof repeatedNames>[0]): Promise<void> {
  const read = await new Response(Uint8Array.from(bytes), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => undefined)
  // The runtime's reader takes less of what RFC 7578 allows: what it refuses says nothing.
  if (read === undefined) return
  const names = [...read].map(([name]) => name)
  assert.equal(names.length, parts.length)
  for (const { name, filename, text } of parts) {
    const value: unknown = read.get(name)
    if (value === null) continue
    if (filename === undefined) assert.equal(value, text)
    // This reader does not know `filename*`.
    else assert(typeof value !== 'string' || latin1Of(bytes).includes('*='), 'a file for us is a field for another')
  }
}
