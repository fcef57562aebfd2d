import { passesTokenChecksum } from './crc32.ts'
import { type SecretRule, type TokenOptions, token } from './secret-rule.ts'

/** The confidence that only a passed checksum gives. */
export const checksumConfidence = 0.99

/**
 * A token that carries a CRC-32. One whose checksum fails is reported too, with the confidence and a severity below: vendors
 * change their formats, and a slip of one character in a real token is still most of it.
 */
export function checksummed(name: string, options: TokenOptions): SecretRule {
  const rule = token(name, options)
  return {
    ...rule,
    accept: (candidate) => {
      if (rule.accept?.(candidate) === false) return false
      if (passesTokenChecksum(candidate.value)) return { confidence: checksumConfidence }
      return { confidence: 0.85, severity: 'HIGH' }
    },
  }
}
