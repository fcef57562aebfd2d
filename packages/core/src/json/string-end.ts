/**
 * Offset of the quote that closes the string opened at `open`, or -1. Hops from quote to quote, so long strings cost
 * next to nothing; a run of backslashes is looked at once.
 */
export function stringEnd(text: string, open: number): number {
  let close = text.indexOf('"', open + 1)
  while (text.charCodeAt(close - 1) === 92 && isEscaped(text, close)) close = text.indexOf('"', close + 1)
  return close
}

function isEscaped(text: string, quote: number): boolean {
  let at = quote - 1
  while (text.charCodeAt(at) === 92) at--
  return (quote - at) % 2 === 0
}
