import { Buffer } from 'node:buffer'
import type { SocketReader } from './socket-reader.ts'

/** In the order, case and number they have on the wire. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

export type HeaderFields = HeaderList | Readonly<Record<string, string>>

export interface MessageHead {
  readonly startLine: string
  readonly headers: HeaderList
}

/** Reads through the blank line. Header bytes are read as Latin-1, so none is lost; values lose the spaces around them. */
export async function readHead(reader: SocketReader): Promise<MessageHead> {
  const text = Buffer.from(await reader.through('\r\n\r\n')).toString('latin1')
  const [startLine = '', ...lines] = text.slice(0, -4).split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return colon === -1 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')]
  })
  return { startLine, headers }
}

/** Nothing is checked or added: what is wrong with a head goes out as it is. Characters are Latin-1 bytes. */
export function encodeHead(startLine: string, headers: HeaderFields): Uint8Array {
  const lines = headerList(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return new Uint8Array(Buffer.from(`${startLine}\r\n${lines.join('')}\r\n`, 'latin1'))
}

export function headerList(headers: HeaderFields): HeaderList {
  // `Array.isArray` does not narrow a readonly array.
  return Array.isArray(headers) ? (headers as HeaderList) : Object.entries(headers as Readonly<Record<string, string>>)
}

/** The first value of that name, in whatever case. */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return headers.find(([own]) => own.toLowerCase() === wanted)?.[1]
}

/** Whether a list-valued header, over all its lines, holds a token. */
export function headerHasToken(headers: HeaderList, name: string, token: string): boolean {
  const wanted = name.toLowerCase()
  return headers.some(
    ([own, value]) =>
      own.toLowerCase() === wanted && value.split(',').some((entry) => entry.trim().toLowerCase() === token),
  )
}
