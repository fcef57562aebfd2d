import { createHash } from 'node:crypto'
import type { RawResponse } from '@sluice/testing'
import type { Served } from '../pitfalls/served.ts'

export const boundary = 'form-1-boundary'
export const fileHead =
  'Content-Disposition: form-data; name="file"; filename="in.jsonl"\r\nContent-Type: application/jsonl'

/** A part: its header lines, its content. */
export type Part = readonly [head: string, content: string | Uint8Array]

export function purpose(word: string): Part {
  return ['Content-Disposition: form-data; name="purpose"', word]
}

export function file(content: string | Uint8Array, head: string = fileHead): Part {
  return [head, content]
}

export function form(...parts: readonly Part[]): Uint8Array {
  const pieces = parts.map(([head, content]) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')]),
  )
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])
}

export interface LineOptions {
  readonly url?: string
  readonly method?: string
  readonly model?: string
  readonly more?: object
}

/** A line of a batch's input. */
export function line(id: string, content: string, { url, method, model, more }: LineOptions = {}): string {
  const body = { model: model ?? 'gpt-5.5', messages: [{ role: 'user', content }], ...more }
  return JSON.stringify({ custom_id: id, method: method ?? 'POST', url: url ?? '/v1/chat/completions', body })
}

export const contentType = `multipart/form-data; boundary=${boundary}`

/** Uploads a form as it stands. */
export function upload({ send }: Served, body: Uint8Array, app?: string): Promise<RawResponse> {
  const headers = [['content-type', contentType]] as const
  return send('/v1/files', body, { headers, ...(app === undefined ? {} : { app }) })
}

/** Uploads a batch file of these lines. */
export function uploadLines(gateway: Served, lines: readonly string[], app?: string): Promise<RawResponse> {
  return upload(gateway, form(purpose('batch'), file(`${lines.join('\n')}\n`)), app)
}

export function sha256(bytes: Uint8Array | undefined): string {
  return createHash('sha256')
    .update(bytes ?? '')
    .digest('hex')
}
