const plain = /^[\x01-\x5b\x5d-\x7f]*$/

/**
 * Text as SQLite keeps it whole: a lone surrogate would become U+FFFD, so that two ids meet in one row, and a NUL ends
 * the text for some readers. Two different texts stay different; ordinary ones stay as they are.
 */
export function storableText(text: string): string {
  return plain.test(text) ? text : JSON.stringify(text).slice(1, -1)
}
