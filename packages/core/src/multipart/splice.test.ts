import { describe, expect, test } from 'bun:test'
import type { JsonPointer } from '../protocol/json.ts'
import type { Edit } from '../protocol/place.ts'
import { readMultipart } from './read.ts'
import { spliceMultipart } from './splice.ts'

const binary = Uint8Array.from({ length: 256 }, (_, index) => index)
const body = Buffer.concat([
  Buffer.from('--XX\r\ncontent-disposition:form-data;name=prompt\r\nContent-Length: 19\r\n\r\nü secret\r\nnow 😀\r\n'),
  Buffer.from('--XX\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'),
  binary,
  Buffer.from('\r\n--XX\r\nContent-Disposition: form-data; name="opts"\r\n\r\n{ "a": 1.0, "b": ["x"] }\r\n--XX--\r\n'),
])
const reading = readMultipart(body, 'multipart/form-data; boundary=XX', { maxParts: 9, maxFieldBytes: 99 })
if (!reading.ok) throw new Error(reading.message)
const form = reading

const splice = (...edits: Edit[]): Uint8Array | undefined => spliceMultipart(body, form, edits)
const text = (part: number, start: number, end: number, replacement: string, pointer: JsonPointer = ''): Edit => {
  return { type: 'text', place: { part, pointer }, start, end, replacement }
}
/** The body with one stretch of bytes exchanged, done on its hexadecimal form. */
function exchanged(...pairs: [string, string][]): string {
  const hex = (of: string): string => Buffer.from(of).toString('hex')
  return pairs.reduce((all, [from, to]) => all.replace(hex(from), hex(to)), body.toString('hex'))
}
const hexOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')

describe('spliceMultipart', () => {
  test('no edit, no change', () => {
    expect(hexOf(splice())).toBe(body.toString('hex'))
  })

  test('changes a stretch of a field, keeps its Content-Length true, and every other byte', () => {
    expect(hexOf(splice(text(0, 2, 8, '[REDACTED]')))).toBe(
      exchanged(['ü secret', 'ü [REDACTED]'], ['Content-Length: 19', 'Content-Length: 23']),
    )
  })

  test('edits several parts at once, JSON within a field by pointer', () => {
    const edits = [
      text(2, 0, 1, '"y"', '/b/0'),
      { type: 'remove', place: { part: 2, pointer: '/a' } },
      text(0, 0, 2, ''),
    ] as const
    expect(hexOf(splice(...edits))).toBe(
      exchanged(
        ['ü secret', 'secret'],
        ['Content-Length: 19', 'Content-Length: 16'],
        ['{ "a": 1.0, "b": ["x"] }', '{ "b": ["\\"y\\""] }'],
      ),
    )
  })

  test('puts another JSON text in the place of a field', () => {
    const edit: Edit = { type: 'replace', place: { part: 2, pointer: '' }, json: '{"c":0}' }
    expect(hexOf(splice(edit))).toBe(exchanged(['{ "a": 1.0, "b": ["x"] }', '{"c":0}']))
  })

  test('what was edited reads as edited', () => {
    const result = splice(text(0, 2, 8, 'é'))
    const again = readMultipart(result ?? body, 'multipart/form-data; boundary=XX', { maxParts: 9, maxFieldBytes: 99 })
    expect(again.ok && again.parts.map((part) => part.text)).toEqual([
      'ü é\r\nnow 😀',
      undefined,
      '{ "a": 1.0, "b": ["x"] }',
    ])
  })

  test.each<[string, Edit]>([
    ['a file', text(1, 0, 1, 'x')],
    ['a part that is not there', text(3, 0, 1, 'x')],
    ['no part at all', { type: 'text', place: { pointer: '' }, start: 0, end: 1, replacement: '' }],
    ['text that holds the boundary', text(0, 0, 1, '\r\n--XX--')],
    ['text that is no Unicode', text(0, 0, 1, '\ud83d')],
    ['offsets past the end', text(0, 0, 99, '')],
    ['an offset within a surrogate pair', text(0, 15, 16, '')],
    ['a whole part removed', { type: 'remove', place: { part: 0, pointer: '' } }],
    ['a pointer into what is no JSON', text(0, 0, 1, '', '/a')],
    ['a replacement that is no JSON', { type: 'replace', place: { part: 2, pointer: '' }, json: '{' }],
    ['a name', { type: 'text', place: { part: 0, pointer: '', key: true }, start: 0, end: 1, replacement: '' }],
  ])('has no result for %s', (_name, edit) => {
    expect(splice(edit)).toBeUndefined()
  })

  test('a boundary that comes about where two texts meet is found too', () => {
    expect(splice(text(0, 2, 8, '--X'), text(0, 8, 10, 'X'))).toBeUndefined()
  })
})
