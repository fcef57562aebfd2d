import type { PatternRule } from '@sluice/detect'
import { decodeBase58Check } from '../checksums/base58.ts'
import { passesBech32 } from '../checksums/bech32.ts'
import { passesEip55 } from '../checksums/eip55.ts'
import { longWordGate } from '../gates/long-word-gate.ts'
import type { PiiRule } from '../identifier.ts'
import type { PiiType } from '../types.ts'

const address: Omit<PatternRule<PiiType>, 'name' | 'confidence' | 'pattern' | 'length'> = {
  type: 'FINANCIAL_CRYPTO_ADDRESS',
  anchor: { type: 'gate', gate: longWordGate },
  stop: /[^A-Za-z0-9]/,
}

export const cryptoRules: readonly PiiRule[] = [
  {
    ...address,
    // Version bytes: Bitcoin 0, 5; Litecoin 48, 50; Dogecoin 30, 22; Tron 65.
    name: 'crypto-base58',
    confidence: 0.98,
    evidence: 'checksum',
    pattern: /[13LMDA9T][1-9A-HJ-NP-Za-km-z]{24,34}(?![A-Za-z0-9])/,
    length: 38,
    accept: ({ value }) => versions.has(decodeBase58Check(value)?.[0] ?? -1),
  },
  {
    ...address,
    name: 'crypto-bech32',
    confidence: 0.98,
    evidence: 'checksum',
    pattern: /(?:bc|tb|ltc|BC|TB|LTC)1[a-zA-Z0-9]{25,87}(?![A-Za-z0-9])/,
    length: 94,
    accept: ({ value }) => passesBech32(value),
  },
  {
    ...address,
    name: 'crypto-ethereum',
    confidence: 0.95,
    evidence: 'checksum',
    pattern: /0x[0-9A-Fa-f]{40}(?![A-Za-z0-9])/,
    length: 44,
    context: 40,
    accept: ({ value, before }) => {
      const digits = value.slice(2)
      // All of one case has no checksum: it may be any hash of 20 bytes.
      if (digits === digits.toLowerCase() || digits === digits.toUpperCase()) {
        return !/^(.)\1{38}/.test(digits) && namesWallet.test(before) && { confidence: 0.6 }
      }
      return passesEip55(digits)
    },
  },
]

const versions: ReadonlySet<number> = new Set([0, 5, 22, 30, 48, 50, 65])
const namesWallet = /wallet|ethereum|\beth\b|crypto|address/i
