import { parseJson } from '../json/parse.ts'
import type { ByteSource } from '../protocol/host.ts'
import { linesOf } from './lines.ts'
import { decodeUtf8 } from './strict-utf8.ts'

/** What a file looks like to somebody who was not told. */
export type Looks = 'lines' | 'json' | 'text' | 'opaque'

export interface LooksLimits {
  /** Bytes of one line, and of a JSON text that is read whole. */
  readonly maxBytes: number
  readonly maxDepth: number
}

const readBytes = 262_144

/**
 * `lines`: each line is a JSON object or list; `json`: all of it is one; `text`: UTF-8; `opaque`: none of these. The
 * file's name and its content type are not asked: they are what the client says.
 */
export async function looksOf(source: ByteSource, start: number, end: number, limits: LooksLimits): Promise<Looks> {
  if (!(await isUtf8(source, start, end))) return 'opaque'
  if (!(await opensJson(source, start, end))) return 'text'
  if (await isJsonLines(source, start, end, limits)) return 'lines'
  if (end - start > limits.maxBytes) return 'text'
  const text = decodeUtf8(await source.read(start, end))
  return text !== undefined && parseJson(text, limits.maxDepth).ok ? 'json' : 'text'
}

/** The first byte that is no space of JSON's opens an object or a list, however many spaces come before it. */
async function opensJson(source: ByteSource, start: number, end: number): Promise<boolean> {
  for (let at = start; at < end; at += readBytes) {
    for (const byte of await source.read(at, Math.min(end, at + readBytes))) {
      if (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13) return byte === 123 || byte === 91
    }
  }
  return false
}

async function isUtf8(source: ByteSource, start: number, end: number): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let at = start; at < end; at += readBytes) {
      decoder.decode(await source.read(at, Math.min(end, at + readBytes)), { stream: true })
    }
    decoder.decode()
    return true
  } catch (error) {
    // What a disk does not give back is another matter.
    if (error instanceof TypeError) return false
    throw error
  }
}

async function isJsonLines(source: ByteSource, start: number, end: number, limits: LooksLimits): Promise<boolean> {
  for await (const { text } of linesOf(source, start, end, limits.maxBytes)) {
    const line = text === undefined ? undefined : decodeUtf8(text)
    if (line === undefined || !/^\s*[{[]/.test(line) || !parseJson(line, limits.maxDepth).ok) return false
  }
  return true
}
