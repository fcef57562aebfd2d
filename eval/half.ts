import { createHash } from 'node:crypto'

/**
 * Rules and model were written looking at one half of each corpus. The other half, held out, is the texts whose SHA-256
 * (of their UTF-8 bytes) begins with an odd byte. Both come from the same sources: what is held out is nearer to the
 * unseen than what was tuned on, and is not unseen.
 */
export function isHeldOut(text: string): boolean {
  return ((createHash('sha256').update(text).digest()[0] ?? 0) & 1) === 1
}
