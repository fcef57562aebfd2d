import type { Deed } from '@sluice/commands'
import { judgeAll, placed } from './judge.ts'

/**
 * What the arguments of a tool would do. Of JSON its strings are judged, each on its own; a string with escapes is judged as
 * it is meant, and what is found in it stands for the whole of it.
 */
export function argumentsDeeds(text: string): readonly Deed[] {
  if (!/^\s{0,64}[{[]\s{0,64}["{[\]}]/.test(text)) return judgeAll(text)
  const deeds: Deed[] = []
  for (const match of text.matchAll(/"((?:[^"\\]|\\.){0,4096})"/gs)) {
    const inner = match[1] ?? ''
    const meant = inner.includes('\\') ? unescaped(match[0]) : inner
    // What is no JSON after all is judged as it is written.
    if (meant === undefined || meant === inner) {
      deeds.push(...placed(judgeAll(inner), match.index + 1))
      continue
    }
    const place = { start: match.index + 1, end: match.index + 1 + inner.length }
    deeds.push(...judgeAll(meant).map((deed) => ({ ...deed, ...place })))
  }
  return deeds
}

function unescaped(literal: string): string | undefined {
  try {
    return String(JSON.parse(literal))
  } catch {
    return undefined
  }
}
