import { isAscii } from './ascii.ts'
import { disguises } from './disguises.ts'
import { encodedRuns } from './encoded-runs.ts'

/** Units of the shortest disguise of anything: an escape. */
const shortest = 2

/** Whether anything in a text can be undone. Asked of every text by every detector: most have nothing. */
export function hidesAnything(text: string): boolean {
  if (text.length < shortest) return false
  if (!isPlain(text)) {
    for (let at = disguises.find(text, 0); at !== -1; at = disguises.find(text, at + 1)) {
      if (disguises.at(text, at)?.out !== undefined) return true
    }
  }
  for (let at = encodedRuns.find(text, 0); at !== -1; ) {
    const undone = encodedRuns.at(text, at)
    if (undone?.out !== undefined) return true
    at = encodedRuns.find(text, at + (undone?.units ?? 1))
  }
  return false
}

function isPlain(text: string): boolean {
  return !text.includes('\\') && !text.includes('%') && !text.includes('&') && isAscii(text)
}
