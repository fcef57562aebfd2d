import { type Answer, type Peer, placesOf, somewhere } from './peer.ts'

/** Its entities, and the types of ours for the same. Others count under their own name. */
const entities: Readonly<Record<string, string>> = {
  CREDIT_CARD: 'FINANCIAL_CARD_NUMBER',
  EMAIL_ADDRESS: 'PII_EMAIL',
  IBAN_CODE: 'FINANCIAL_IBAN',
  IP_ADDRESS: 'PII_IP_ADDRESS',
  PHONE_NUMBER: 'PII_PHONE',
  US_SSN: 'PII_SSN',
}

export const openaiGuardrails: Peer = {
  name: '@openai/guardrails',
  version: '0.2.1',
  how: 'its checks without a model: `Contains PII` (with encoded text) and `Secret Keys` (balanced); its injection checks ask a model',
  domains: ['secrets', 'pii'],
  async open(domain) {
    const { PIIConfig, SecretKeysConfig, pii, secretKeysCheck } = await import('@openai/guardrails')
    const piiConfig = PIIConfig.parse({ block: true, detect_encoded_pii: true })
    const secretsConfig = SecretKeysConfig.parse({})
    if (domain === 'secrets') {
      return async ({ text }) => {
        const { info } = await secretKeysCheck({}, text, secretsConfig)
        const secrets = Array.isArray(info['detected_secrets']) ? info['detected_secrets'] : []
        return secrets.length === 0 ? [] : somewhere('CREDENTIALS_API_KEY', text)
      }
    }
    return async ({ text }): Promise<Answer> => {
      const { info } = await pii({}, text, piiConfig)
      // Lists of values by the name of the entity.
      const found = (info['detected_entities'] ?? {}) as Readonly<Record<string, readonly string[]>>
      return Object.entries(found).flatMap(([entity, values]) =>
        values.flatMap((value) => placesOf(entities[entity] ?? entity, value, text)),
      )
    }
  },
}
