const query = /^\s*(?:select|insert|update|delete|with|values|replace|explain|merge)\b/i
/** What runs the text of a string. */
const runs = /\b(?:exec(?:ute)?|prepare|language|format|immediate|sp_executesql|query_to_xml|dblink)\b/i

/**
 * Whether a place in a text holds what a query keeps or looks for and does not run: it stands in a string of a text that is a
 * query, or in a line that is a comment.
 */
export function literalSpans(text: string): (at: number) => boolean {
  const strings = query.test(text) && !runs.test(text) ? stringsOf(text) : undefined
  return (at) => strings?.[at] === 1 || isCommentLine(text, at)
}

function isCommentLine(text: string, at: number): boolean {
  const from = Math.max(0, at - 200)
  const line = text.slice(text.slice(from, at).lastIndexOf('\n') + 1 + from, at)
  return /^[ \t]*--/.test(line)
}

/** One flag a unit. A string that nothing closes is none. */
function stringsOf(text: string): Uint8Array {
  const flags = new Uint8Array(text.length)
  for (let at = text.indexOf("'"); at >= 0; at = text.indexOf("'", at + 1)) {
    let close = text.indexOf("'", at + 1)
    while (close >= 0 && (text.charAt(close + 1) === "'" || text.charAt(close - 1) === '\\')) {
      close = text.indexOf("'", close + (text.charAt(close + 1) === "'" ? 2 : 1))
    }
    if (close < 0) break
    flags.fill(1, at + 1, close)
    at = close
  }
  return flags
}
