import { describe, expect, test } from 'bun:test'
import { json } from '@sluice/testing'
import { prompt, whole } from './answers.ts'
import { served } from './served.ts'

const plugins = [
  { use: '@sluice/detector-secrets' },
  { use: '@sluice/detector-pii' },
  {
    use: '@sluice/detector-custom',
    options: { words: [{ word: 'bluebird', type: 'CUSTOM_CODENAME', severity: 'HIGH', riskCategory: 'TRADE_SECRET' }] },
  },
]
const gateway = served({
  apps: { blocked: { policies: ['block'] }, redacted: { policies: ['redact'] } },
  config: {
    plugins,
    policies: [
      { id: 'block', match: {}, action: 'BLOCK' },
      { id: 'redact', match: {}, action: 'REDACT' },
    ],
  },
})
const chat = '/v1/chat/completions'

const secrets: Readonly<Record<string, string>> = {
  PII_EMAIL: 'ada.lovelace@engine-works.com',
  PII_SSN: '536-90-4399',
  CUSTOM_CODENAME: 'bluebird',
  // Made up, in the form of an AWS key id.
  CREDENTIALS_API_KEY: `AKIA${'QYLPMN5HNM2R7T4W'}`,
}

const every = (text: string, each: (code: number) => string): string =>
  [...text].map((char) => each(char.codePointAt(0) ?? 0)).join('')
const disguises: Readonly<Record<string, (text: string) => string>> = {
  'zero-width characters': (text) => [...text].join('\u200b'),
  'tag characters': (text) => every(text, (code) => String.fromCodePoint(0xe0000 + code)),
  'full width': (text) => every(text, (code) => String.fromCharCode(code + 0xfee0)),
  '\\u escapes': (text) => every(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
  'URL escapes': (text) => every(text, (code) => `%${code.toString(16)}`),
  'HTML entities': (text) => every(text, (code) => `&#${code};`),
  base64: (text) => btoa(`it is ${text} now`),
  hex: (text) => Buffer.from(`it is ${text} now`).toString('hex'),
}

// https://github.com/aisix-ai/aisix/pull/767
describe('11 homoglyphs, zero-width, tag characters, full-width, base64, hex, URL, HTML entities', () => {
  for (const [name, disguise] of Object.entries(disguises)) {
    test(`${name}: the same finding as in the plain text, and it can be cut out`, async () => {
      gateway.upstream.respond(json(whole([{ content: 'ok' }])))
      for (const [type, secret] of Object.entries(secrets)) {
        const text = `please keep ${disguise(secret)} for me`
        const blocked = await gateway.send(chat, prompt(text), { app: 'blocked' })
        expect([type, blocked.text().includes('Content blocked')]).toEqual([type, true])
        const record = await gateway.record(blocked)
        const found = record.detections.find((detection) => detection.type === type)
        expect([type, text.slice(found?.start, found?.end).length > secret.length / 2]).toEqual([type, true])

        const redacted = await gateway.send(chat, prompt(text), { app: 'redacted' })
        expect([type, redacted.status]).toEqual([type, 200])
        const sent = gateway.upstream.requests.at(-1)?.text() ?? ''
        expect(sent).toContain('[REDACTED]')
        expect(sent).toContain('please keep ')
        expect(sent).toContain(' for me')
      }
    })
  }

  test('homoglyphs', async () => {
    const blocked = await gateway.send(chat, prompt('say bluеbird to nobody'), { app: 'blocked' })
    expect(blocked.text()).toContain('Content blocked')
  })

  test('in an answer, as in a prompt', async () => {
    for (const disguise of Object.values(disguises)) {
      gateway.upstream.respond(json(whole([{ content: `it is ${disguise('ada.lovelace@engine-works.com')}` }])))
      const answer = await gateway.send(chat, prompt('hi'), { app: 'blocked' })
      expect(answer.text()).toContain('Content blocked')
    }
  })
})
