import { type Answer, type Peer, placesOf, somewhere } from './peer.ts'

/** What it writes in the place of what it found. */
const redactions: readonly (readonly [RegExp, string])[] = [
  [/EMAIL/, 'PII_EMAIL'],
  [/PHONE/, 'PII_PHONE'],
  [/SSN/, 'PII_SSN'],
  [/CREDIT|CARD/, 'FINANCIAL_CARD_NUMBER'],
  [/IP/, 'PII_IP_ADDRESS'],
  [/IBAN/, 'FINANCIAL_IBAN'],
]

export const haiGuardrails: Peer = {
  name: '@presidio-dev/hai-guardrails',
  version: '1.12.0',
  how:
    'its secret and PII guards, and its injection guard in pattern mode; the heuristic mode of the published package looks ' +
    'for a file on the disk of who built it, and the third mode asks a model',
  domains: ['secrets', 'pii', 'injection'],
  async open(domain) {
    const { injectionGuard, piiGuard, secretGuard } = await import('@presidio-dev/hai-guardrails')
    const message = (text: string) => [{ role: 'user', content: text }]
    if (domain === 'injection') {
      const guard = injectionGuard({}, { mode: 'pattern', threshold: 0.5 })
      return async ({ text }) => {
        const [result] = await guard(message(text))
        return result === undefined || result.passed ? [] : somewhere('PROMPT_INJECTION', text)
      }
    }
    const guard = domain === 'pii' ? piiGuard({ mode: 'redact' }) : secretGuard({ mode: 'redact' })
    return async ({ text }) => {
      const [result] = await guard(message(text))
      const redacted = result?.modifiedMessage?.content ?? text
      if (redacted === text) return []
      return domain === 'secrets' ? somewhere('CREDENTIALS_API_KEY', text) : replaced(text, redacted)
    }
  },
}

/** What stood where its marks stand now. */
function replaced(text: string, redacted: string): Answer {
  const kept = redacted.split(/(\[REDACTED[^\]]*\])/)
  const found: Answer[number][] = []
  let at = 0
  for (let index = 1; index < kept.length; index += 2) {
    const start = text.indexOf(kept[index - 1] ?? '', at) + (kept[index - 1] ?? '').length
    const next = kept[index + 1] ?? ''
    const end = next === '' ? text.length : text.indexOf(next, start)
    if (end <= start) continue
    const type =
      redactions.find(([mark]) => mark.test(kept[index]?.slice('[REDACTED'.length) ?? ''))?.[1] ?? 'PII_OTHER'
    found.push(...placesOf(type, text.slice(start, end), text).filter((one) => one.start === start))
    at = end
  }
  return found
}
