import { type EncodingCase, type Message, refused } from './case.ts'

export const path = '/v1/audio/transcriptions'
export const type = 'multipart/form-data; boundary=b'

/** A part: its header lines, and what it holds. */
export type Part = readonly [head: string, content: string]
export const field = (name: string, value: string, more = ''): Part => [
  `Content-Disposition: form-data; name="${name}"${more}`,
  value,
]
export const file: Part = field('file', '\u0000RIFF\r\n--', '; filename="a.wav"\r\nContent-Type: audio/wav')
export const model = field('model', 'whisper-1')

export interface Layout {
  readonly type?: string
  readonly boundary?: string
  readonly before?: string
  readonly after?: string
}

export function form(
  parts: readonly Part[],
  { type: label = type, boundary = 'b', before = '', after }: Layout = {},
): Message {
  const body = parts.map(([head, content]) => `--${boundary}\r\n${head}\r\n\r\n${content}\r\n`).join('')
  return { path, headers: [['content-type', label]], body: `${before}${body}${after ?? `--${boundary}--\r\n`}` }
}

/** A form whose prompt these words are. */
export const prompted = (layout: Layout = {}, more: readonly Part[] = []): EncodingCase['message'] => {
  return (words) => form([file, model, field('prompt', words), ...more], layout)
}
/** The same, with one part more. */
export const withPart = (head: string, content = 'x'): EncodingCase['message'] => prompted({}, [[head, content]])
export const withParts = (...parts: readonly Part[]): EncodingCase['message'] => prompted({}, parts)
export const edited = (edit: (body: string) => string): EncodingCase['message'] => {
  return (words) => {
    const message = prompted()(words)
    return { ...message, body: edit(String(message.body)) }
  }
}

export const malformed = (why: string): ReturnType<typeof refused> =>
  refused(400, `The form is malformed: multipart: ${why}.`)
export const disposition = 'Content-Disposition: form-data; name="x"'
export const unreadable = 'the content type cannot be read, or names a parameter twice'
