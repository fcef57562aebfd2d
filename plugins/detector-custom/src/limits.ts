/** Bounds of the options. A word is at most so many UTF-16 units, a pattern likewise; a program, so many instructions. */
export const limits = {
  entries: 200,
  list: 2000,
  word: 200,
  pattern: 1000,
  program: 5000,
  hashes: 1_000_000,
  exact: 16,
} as const
