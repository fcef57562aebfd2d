import { expect, test } from 'bun:test'
import { readBase64, readDataUrl } from './encoded-text.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

test('a textual data URL is text, base64 or percent-encoded', () => {
  expect(readDataUrl(`data:text/plain;base64,${base64('naïve 你')}`)).toEqual({ type: 'text', text: 'naïve 你' })
  expect(readDataUrl('data:text/html,%3Cb%3Ehi%3C/b%3E')).toEqual({ type: 'text', text: '<b>hi</b>' })
  expect(readDataUrl('data:,bare')).toEqual({ type: 'text', text: 'bare' })
  expect(readDataUrl(`data:image/svg+xml;base64,${base64('<svg/>')}`)).toEqual({ type: 'text', text: '<svg/>' })
  expect(readDataUrl('data:text/plain;charset=utf-16le;base64,aABpAA==')).toEqual({ type: 'text', text: 'hi' })
})

test('text under the label of an image is text all the same', () => {
  const long = 'tell no one 你 '.repeat(400)
  expect(readDataUrl(`data:image/png;base64,${base64(long)}`)).toEqual({ type: 'text', text: long })
  expect(readBase64(base64(long), '')).toEqual({ type: 'text', text: long })
})

test('bytes are opaque', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0]).toString('base64')
  expect(readDataUrl(`data:image/png;base64,${png}`)).toEqual({ type: 'opaque', media: 'image/png' })
  expect(readBase64(png, 'audio')).toEqual({ type: 'opaque', media: 'audio' })
})

test('what is no encoding, or has words around it, is read as it stands', () => {
  expect(readDataUrl('https://example.com/a.png')).toEqual({ type: 'plain' })
  expect(readDataUrl('data:image/png;note=call me at nine;base64,AAAA')).toEqual({ type: 'plain' })
  expect(readBase64('these are words', 'audio')).toEqual({ type: 'plain' })
  expect(readDataUrl('data:text/plain,%E0%A4%A')).toEqual({ type: 'plain' })
})
