import { isSluiceError } from '@sluice/core'
import { ConfigError } from '../config/problem.ts'
import { printable } from '../host/log.ts'

/** Where a command writes. Standard output holds answers only; everything said about them goes to standard error. */
export interface Output {
  /** Resolves when it was taken; answers whether somebody still reads. */
  write(text: string): Promise<boolean>
  /** On as many lines as the text has. What of it came from elsewhere is made `printable` before: it may begin none. */
  note(text: string): void
}

export const processOutput: Output = {
  write(text) {
    return new Promise((resolve) => {
      process.stdout.write(text, (error) => resolve(error === undefined || error === null))
    })
  },
  note(text) {
    process.stderr.write(`${text.split('\n').map(printable).join('\n')}\n`)
  },
}

/** `error: …`. Only a configuration's problems have a line each; what any other message quotes begins none. */
export function errorText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const code = isSluiceError(error) ? ` (${error.code})` : ''
  const [first = '', ...rest] = error instanceof ConfigError ? message.split('\n') : [printable(message)]
  return [
    `error: ${first}${rest.length === 0 ? code : ''}`,
    ...rest,
    ...(rest.length === 0 || code === '' ? [] : [code.trim()]),
  ].join('\n')
}

/** Columns padded to their widest cell, one line a row whatever stands in it. */
export function table(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(printable))
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
