import { createHash } from 'node:crypto'

/** Corpora that a model was fitted to, not only rules tuned on: there the part counts that the training held out. */
const fitted: readonly string[] = ['injection', 'injection-indirect', 'agent-threats', 'benign-prompts']

/**
 * Whether a text is in the part of its corpus that was held out. Rules were written looking at one half: the other is the
 * texts whose SHA-256 (of their UTF-8 bytes) begins with an odd byte. Both parts come from the same sources: what is held
 * out is nearer to the unseen than what was tuned on, and is not unseen.
 */
export function isHeldOut(corpus: string, text: string): boolean {
  if (fitted.includes(corpus)) return isUntrained(text)
  return ((createHash('sha256').update(text).digest()[0] ?? 0) & 1) === 1
}

/**
 * One group in five, by the first words of a text: cases of one template are held out together. The same as
 * `train/corpora.ts` of the prompt-injection detector; where the two differ, a held-out figure is of texts that were learnt.
 */
function isUntrained(text: string): boolean {
  const words = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
  return hashOf(words.slice(0, 40)) % 5 === 0
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) ^ (hash >>> 7)) >>> 0
}
