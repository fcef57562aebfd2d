import { shannonEntropy } from '@sluice/detect'

/** UUIDs, digests in hex, numbers, content identifiers: opaque, and of a known length. */
const identifier =
  /^(?:[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})|[\d.,x-]+|baf[a-z2-7]{50,60}|Qm[1-9A-HJ-NP-Za-km-z]{44})$/i
const blob = /^[A-Za-z0-9+/_=.~-]+$/

export function isIdentifier(value: string): boolean {
  return identifier.test(value)
}

/** Whether a label of a host is a blob, and no name whose words are joined (`acme-production-assets-6210df`). */
export function isOpaqueLabel(label: string, least: number): boolean {
  return isOpaque(label, least) && label.split('-').some((part) => part.length >= 24)
}

/** Whether a value is a long run of what reads as nothing, and is no identifier or digest. */
export function isOpaque(value: string, least: number): boolean {
  if (value.length < least || !blob.test(value) || identifier.test(value)) return false
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false
  // Names of many words have separators, and few digits in each.
  const parts = value.split(/[-_./~]+/)
  if (parts.every((part) => /^(?:\p{L}{0,24}\d{0,4}|\d+)$/u.test(part))) return false
  return shannonEntropy(value) >= (/^[0-9a-f]+$/i.test(value) ? 3.2 : 3.8)
}
