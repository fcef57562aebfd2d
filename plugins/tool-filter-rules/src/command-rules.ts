import { type DeedClass, judgeAddresses, judgePaths, judgeShell, judgeSql } from '@sluice/commands'
import type { ToolCall } from '@sluice/core'
import { callTexts } from './call-texts.ts'
import { nameGlobs } from './name-globs.ts'

/** Less sure deeds deny nothing: a call is lost for good. */
const minConfidence = 0.4

const judges = [judgeShell, judgeSql, judgeAddresses, judgePaths]

/** What a call would do that is denied; `too-large`: more text than is read; undefined: nothing. */
export function commandRules(denied: readonly string[]): (call: ToolCall) => DeedClass | 'too-large' | undefined {
  if (denied.length === 0) return () => undefined
  const isDenied = nameGlobs(denied, { ignoreCase: false })
  return (call) => {
    const texts = callTexts(call)
    if (texts === undefined) return 'too-large'
    for (const text of texts) {
      for (const judge of judges) {
        const found = judge(text).find((deed) => deed.confidence >= minConfidence && isDenied(deed.class))
        if (found !== undefined) return found.class
      }
    }
    return undefined
  }
}
