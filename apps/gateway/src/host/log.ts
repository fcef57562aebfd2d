import { writeSync } from 'node:fs'
import type { Json, Logger } from '@sluice/core'

const levels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof levels)[number]

export interface LogOptions {
  readonly level: LogLevel
  readonly format: 'json' | 'text'
}

/** Takes whole lines. */
export type LineSink = (line: string) => void

/** One event a line, on standard error unless told otherwise: standard output belongs to what commands answer. */
export function createLog(options: LogOptions, write: LineSink = writeToStderr): Logger {
  const least = levels.indexOf(options.level)
  const line = options.format === 'json' ? jsonLine : textLine
  const at = (level: LogLevel) => (message: string, fields?: Readonly<Record<string, Json>>) => {
    if (levels.indexOf(level) >= least) write(line(level, message, fields ?? {}))
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

function jsonLine(level: LogLevel, message: string, fields: Readonly<Record<string, Json>>): string {
  // The event's own members last: a field cannot pass itself off as one of them.
  return `${printable(JSON.stringify({ ...fields, time: new Date().toISOString(), level, message }))}\n`
}

function textLine(level: LogLevel, message: string, fields: Readonly<Record<string, Json>>): string {
  const details = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
  return `${printable(`${level}: ${message}${details.join('')}`)}\n`
}

/**
 * Text from elsewhere, made safe to show: what would move a terminal's cursor, colour it, turn its writing direction or
 * begin a new line is written out as an escape.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
  })
}

function writeToStderr(line: string): void {
  try {
    writeSync(2, line)
  } catch {
    // Nobody reads standard error any more, or it is full: serving goes on.
  }
}
