import { isSluiceError } from '@sluice/core'
import { printable } from '../host/log.ts'

/** Where a command writes. Standard output holds answers only; everything said about them goes to standard error. */
export interface Output {
  /** Resolves when it was taken; answers whether somebody still reads. */
  write(text: string): Promise<boolean>
  note(line: string): void
}

export const processOutput: Output = {
  write(text) {
    return new Promise((resolve) => {
      process.stdout.write(text, (error) => resolve(error === undefined || error === null))
    })
  },
  note(line) {
    process.stderr.write(`${line}\n`)
  },
}

/** `error: …`, on as many lines as the message has; what the message quotes cannot act on the terminal. */
export function errorText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const code = isSluiceError(error) ? ` (${error.code})` : ''
  const [first = '', ...rest] = message.split('\n').map(printable)
  return [
    `error: ${first}${rest.length === 0 ? code : ''}`,
    ...rest,
    ...(rest.length === 0 || code === '' ? [] : [code.trim()]),
  ].join('\n')
}

/** Columns padded to their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length)
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  return rows.map((row) => `${line(row)}\n`).join('')
}

/** One value as a line of JSON; control characters that JSON lets stand are escaped, which JSON reads as the same. */
export function jsonLine(value: unknown): string {
  return `${printable(JSON.stringify(value))}\n`
}
