import type { CharSet } from './char-set.ts'

/** Units before a match that tell whether it may begin there. */
export const boundaryContext = 3

/**
 * May a match begin at `at`, when it must not directly follow a unit of `set`? The last unit of an escape (`\n`, `%3A`)
 * is no neighbour: it stands for the character it spells.
 */
export function mayBegin(text: string, at: number, set: CharSet): boolean {
  if (at === 0) return true
  const unit = text.charCodeAt(at - 1)
  if (!set.has(unit)) return true
  if (at >= 2 && text.charCodeAt(at - 2) === backslash && isEscape(unit)) return true
  return at >= 3 && text.charCodeAt(at - 3) === percent && isHex(unit) && isHex(text.charCodeAt(at - 2))
}

const backslash = 0x5c
const percent = 0x25

function isEscape(unit: number): boolean {
  // n, r, t
  return unit === 0x6e || unit === 0x72 || unit === 0x74
}

function isHex(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66)
}
