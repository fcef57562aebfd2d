import { streamed, whole } from '../answers.ts'

export const said = (words: string): string => whole([{ content: `it is ${words}` }])
export const frames = (words: string): string => streamed([{ content: `it is ${words}` }])
export const error = (words: string): string =>
  `{"error":{"message":"no such thing: ${words}","type":"invalid_request_error"}}`
export const inEscapes = (words: string): string =>
  [...words].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

export const events = 'text/event-stream'
export const done = 'data: [DONE]\n\n'
/** One frame of a stream, its choice as written here. */
export const choice = (text: string): string =>
  `data: {"id":"c","object":"chat.completion.chunk","choices":[${text}]}\n\n`
