import type { JsonObject } from '@sluice/core'
import { isId, OBJECTS, SERVICE_TIERS } from '../view/closed-words.ts'

const CHECKS: readonly { readonly name: string; readonly isWord: (text: string) => boolean }[] = [
  { name: 'id', isWord: isId },
  { name: 'object', isWord: (text) => OBJECTS.has(text) },
  { name: 'model', isWord: isId },
  { name: 'system_fingerprint', isWord: isId },
  { name: 'service_tier', isWord: (text) => SERVICE_TIERS.has(text) },
]

/** Ignored members at the root of an answer or a frame that hold something other than the word expected there. */
export function* oddWords(
  root: JsonObject,
  before: JsonObject | undefined,
): Generator<{ readonly name: string; readonly text: string }> {
  for (const { name, isWord } of CHECKS) {
    const value = root[name]
    // Frames repeat these: what was judged in the frame before is not judged again.
    if (typeof value !== 'string' || value === before?.[name]) continue
    if (!isWord(value)) yield { name, text: value }
  }
}
