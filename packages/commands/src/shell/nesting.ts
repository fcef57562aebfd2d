/** Brackets that people leave open within each other are far fewer. */
const deepest = 24

/** So much in the text is nested that to read it costs more than the text is long. */
export function isDeep(text: string): boolean {
  let depth = 0
  for (const [bracket] of text.matchAll(/[(){}]/g)) {
    depth = bracket === '(' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1)
    if (depth > deepest) return true
  }
  return false
}
