import { describe, expect, test } from 'bun:test'
import type { DetectionTypeSpec, DetectorInstance, Finding, Segment } from '@sluice/core'
import { everySplit } from '@sluice/testing'
import fc from 'fast-check'
import { createPatternScan } from '../pattern-scan.ts'
import { withViews } from './view-scan.ts'

const spec: DetectionTypeSpec = {
  message: 'A thing',
  severity: 'LOW',
  riskDomain: 'DATA_PROTECTION',
  riskCategory: 'TEST',
  dataClassification: 'NONE',
}
const key = 'acme_k3y9d0c1b2a3f4e5d6'
const plain = createPatternScan(
  [
    {
      name: 'acme',
      type: 'KEY',
      confidence: 1,
      anchor: { type: 'literal', literals: ['acme_'] },
      pattern: /acme_[a-z0-9]{18}(?![a-z0-9])/,
      length: 24,
      stop: /[^a-z0-9_]/,
    },
  ],
  { KEY: spec },
)
const detector = withViews(plain, 64)
const segment: Segment = { id: 'q0', direction: 'ingress', kind: 'user', trust: 'user' }

const every = (text: string, each: (code: number, char: string) => string): string =>
  [...text].map((char) => each(char.codePointAt(0) ?? 0, char)).join('')
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')
const base64 = (text: string): string => btoa(text)

/** How a text can be hidden from who reads it as it stands, and not from a model. */
const disguises: Readonly<Record<string, (text: string) => string>> = {
  'zero-width characters between': (text) => [...text].join('\u200b'),
  'soft hyphens between': (text) => [...text].join('\u00ad'),
  'variation selectors behind': (text) => every(text, (_, char) => `${char}\ufe0f`),
  'tag characters': (text) => every(text, (code) => String.fromCodePoint(0xe0000 + code)),
  'full width': (text) => every(text, (code) => String.fromCharCode(code + 0xfee0)),
  mathematical: (text) =>
    every(text, (code, char) => (/[a-z]/.test(char) ? String.fromCodePoint(0x1d41a + code - 97) : char)),
  'look-alikes': (text) => text.replaceAll('a', 'а').replaceAll('e', 'е').replaceAll('c', 'с'),
  '\\u escapes': (text) => every(text, (code) => `\\u${hex(code, 4)}`),
  '\\x escapes': (text) => every(text, (code) => `\\x${hex(code, 2)}`),
  'percent escapes': (text) => every(text, (code) => `%${hex(code, 2)}`),
  'HTML references, decimal': (text) => every(text, (code) => `&#${code};`),
  'HTML references, hexadecimal': (text) => every(text, (code) => `&#x${hex(code, 1)};`),
  base64,
  base64url: (text) => base64(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  'base64 of UTF-16, as PowerShell takes it': (text) => btoa(every(text, (_, char) => `${char}\0`)).replaceAll('=', ''),
  'base64 of UTF-8': (text) => Buffer.from(`grüße, 你好 ${text}`).toString('base64').replaceAll('=', ''),
  hex: (text) => every(text, (code) => hex(code, 2)),
  'base64 of base64': (text) => base64(base64(text)),
  'percent escapes of full width': (text) =>
    encodeURIComponent(every(text, (code) => String.fromCharCode(code + 0xfee0))),
}

function find(instance: DetectorInstance, pieces: readonly string[]): readonly Finding[] {
  if (instance.mode !== 'scan') throw new Error('it scans')
  const found: Finding[] = []
  let state = instance.init(segment)
  for (const piece of pieces) {
    const step = instance.push(state, piece)
    state = step.state
    found.push(...step.findings)
  }
  return [...found, ...instance.end(state).findings]
}

function whole(text: string): readonly Finding[] {
  return detector.mode === 'scan' ? (detector.whole?.(segment, text) ?? []) : []
}

describe('11 a disguise defeats the scan', () => {
  for (const [name, disguise] of Object.entries(disguises)) {
    test(`${name}: found, and where it stands`, () => {
      const hidden = disguise(key)
      const text = `say ${hidden} to me`
      expect(find(plain, [text])).toEqual([])
      const [found, ...more] = whole(text)
      expect(more).toEqual([])
      expect(found).toMatchObject({ type: 'KEY', data: { rule: 'acme', view: true } })
      // All of it, but for what an encoder has put behind: it stands for nothing.
      const shown = text.slice(found?.start, found?.end)
      expect([hidden.includes(shown), hidden.length - shown.length < 5]).toEqual([true, true])
    })

    test(`${name}: the same however it is cut`, () => {
      const text = `acme_ and ${'x'.repeat(70)} ${disguise(key)}, ${key} \\u0061 ${disguise('words')} ${'y '.repeat(60)}`
      const expected = whole(text)
      expect(expected.length).toBe(2)
      for (const { pieces } of everySplit(text, { singleCuts: 60, random: 6 })) {
        expect(find(detector, pieces)).toEqual(expected)
      }
    })
  }

  test('part of a text in base64 points to its own groups', () => {
    const [found] = whole(base64(`the key is ${key}, keep it`))
    expect(found).toMatchObject({ start: 12, end: 48 })
  })

  test.each(['\n', '\r\n'])('across the lines that base64 is broken into (%j)', (lineBreak) => {
    const encoded = base64(`${'so it goes, '.repeat(3)}${key}${' and on'.repeat(9)}`)
    for (const length of [64, 76]) {
      const text = `mail:\n${encoded.replace(new RegExp(`.{${length}}`, 'g'), `$&${lineBreak}`)}\n`
      const found = whole(text)
      expect(found.map(({ start, end }) => text.slice(start, end).replace(lineBreak, ''))).toEqual([
        encoded.slice(48, 80),
      ])
      for (const { pieces } of everySplit(text, { singleCuts: 60, random: 6 })) {
        expect(find(detector, pieces)).toEqual([...found])
      }
    }
  })

  test('in a data URI', () => {
    const text = `data:text/plain;base64,${base64(key)}`
    expect(whole(text)).toMatchObject([{ start: 23, end: text.length }])
  })

  test('of base64 of other text than ASCII, what has a place of its own', () => {
    const wide = btoa(every(`the key is ${key}, keep it`, (_, char) => `${char}\0`))
    expect(whole(wide)).toMatchObject([{ start: 24, end: 96 }])
    const utf = Buffer.from(`Schlüssel: ${key}, 好`).toString('base64').replaceAll('=', '')
    expect(whole(`x ${utf} y`)).toMatchObject([{ start: 2, end: 2 + utf.length }])
  })

  test('bytes that are no text stay what they are', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, at) => (at * 7919 + 13) % 251)
    const text = Buffer.from([...bytes, ...Buffer.from(key)]).toString('base64')
    expect(whole(text)).toEqual([])
  })

  test('what stands plain is reported once, as it stands', () => {
    const text = `${key} \u200b ${encodeURIComponent(key)} &amp;`
    expect(whole(text)).toEqual(find(plain, [text]))
  })

  test('letters of another script, and words that only look encoded, stay what they are', () => {
    for (const text of [
      'асме_k3y9d0c1b2a3f4e5d6',
      'deadbeefdeadbeefdeadbeef',
      '50% of & \\ C:\\new\\x',
      'naïve 你好 “quotes”',
    ]) {
      expect(whole(text)).toEqual([])
    }
  })
})

test('any text, cut anywhere: the same findings (law 3)', () => {
  const hidden = Object.values(disguises).map((disguise) => disguise(key))
  const piece = fc.oneof(
    fc.constantFrom(
      ...hidden,
      key,
      'acme_',
      '\\u0061cme_',
      '%61',
      '&#',
      '\\',
      '%',
      '\u200b',
      base64('acme_'),
      ' ',
      '\n',
    ),
    fc.string({ maxLength: 8, unit: 'binary' }),
  )
  const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), cuts, (pieces, at) => {
      const text = pieces.join('')
      const places = [0, ...at.map((part) => Math.floor(part * text.length)).sort((a, b) => a - b), text.length]
      const cut = places.slice(1).map((to, index) => text.slice(places[index], to))
      expect(find(detector, cut)).toEqual(whole(text))
    }),
    { seed: 11, numRuns: 1500 },
  )
})

test('a disguise in a long encoded run, in small pieces: the finding points to where it stands', () => {
  const run = base64(`one two ${key} ${'and so on '.repeat(140)}`)
  const strewn = run.replace(/.{150}/g, '$&\u200b')
  const text = `${'x\u200b'.repeat(200)} ${strewn} `
  const pieces = text.match(/.{1,7}/g) ?? []
  expect(whole(text)).toHaveLength(1)
  expect(find(detector, pieces)).toEqual(whole(text))
})

test('a finding in every line of a disguised text of 1 MB costs no more than its length', () => {
  const line = every(`${key} `, (code, char) => (char === ' ' ? ' ' : String.fromCharCode(code + 0xfee0)))
  const lines = Math.floor(1_000_000 / line.length)
  const text = line.repeat(lines)
  expect(whole(text)).toHaveLength(lines)
  expect(find(detector, text.match(/.{1,4096}/g) ?? [])).toHaveLength(lines)
})
