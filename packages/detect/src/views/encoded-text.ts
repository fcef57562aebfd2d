import type { Undone } from './undo.ts'

/** What bytes are as text, and how far the base64 of it can be told apart. */
export type OtherText = Required<Pick<Undone, 'out'>> & Pick<Undone, 'group'>

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** ASCII in UTF-16, little end first, as PowerShell wants it. */
const wideAscii = /^(?:[\t\n\r -~]\0)+[\t\n\r -~]?$/
/** Bytes of UTF-8, whose first and last character may be cut: by the piece of a run, or by what is looked at of it. */
const mayBeUtf8 =
  /^[\x80-\xbf]{0,3}(?:[\t\n\r -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+/
const cutEnd = /^(?:[\xc2-\xf4][\x80-\xbf]{0,2})?$/
const notShown = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}]/u

/**
 * Text that is no ASCII from bytes, one to a unit of `bytes`; undefined: they are none. Three letters of UTF-16 are eight units of
 * base64. A character of UTF-8 has no such place, so all of the run stands for it.
 */
export function otherTextOf(bytes: string): OtherText | undefined {
  if (wideAscii.test(bytes)) return { out: bytes.replaceAll('\0', ''), group: { units: 8, out: 3 } }
  const whole = mayBeUtf8.exec(bytes)?.[0]
  if (whole === undefined || !cutEnd.test(bytes.slice(whole.length))) return undefined
  try {
    const start = whole.search(/[^\x80-\xbf]/)
    const out = utf8.decode(Uint8Array.from(whole.slice(start), (byte) => byte.charCodeAt(0)))
    return notShown.test(out.replace(/[\t\n\r]/g, '')) ? undefined : { out }
  } catch {
    return undefined
  }
}
