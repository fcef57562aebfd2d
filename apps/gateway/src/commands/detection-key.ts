import { createHash, randomBytes } from 'node:crypto'
import type { KeyRecord } from '@sluice/core'
import { coreHost } from '../host/core-host.ts'

const prefix = 'detect_live_'

/** A new detection key and what is kept of it. The key itself is shown once and kept nowhere. */
export function newDetectionKey(of: { readonly app: string; readonly name: string; readonly expiresAt?: number }): {
  readonly key: string
  readonly record: KeyRecord
} {
  // 30 random bytes: 40 URL-safe characters, 240 bits.
  const key = `${prefix}${randomBytes(30).toString('base64url')}`
  const record: KeyRecord = {
    id: `key_${coreHost.randomId(12)}`,
    hash: `sha256:${createHash('sha256').update(key).digest('hex')}`,
    prefix: key.slice(0, prefix.length + 4),
    createdAt: Date.now(),
    ...of,
  }
  return { key, record }
}
