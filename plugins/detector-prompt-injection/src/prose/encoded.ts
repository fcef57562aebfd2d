const run = /[A-Za-z0-9+/_-]{24,2048}/
const hexadecimal = /^(?:[0-9a-fA-F]{2}){12,1024}/
const utf8 = new TextDecoder('utf-8')

/**
 * What the first long run of base64 or hexadecimal digits of a text stands for, if it is text. The views of
 * `@sluice/detect` decode what is ASCII; this is for text with anything else in it, and for a window that begins within.
 */
export function decodedRun(text: string): string | undefined {
  const found = run.exec(text)?.[0]
  if (found === undefined) return undefined
  const digits = [hexadecimal.exec(found)?.[0], hexadecimal.exec(found.slice(1))?.[0]]
  for (const one of digits) {
    if (one === undefined || one.length < found.length - 2) continue
    const decoded = readable(
      Uint8Array.from({ length: one.length / 2 }, (_, at) => Number.parseInt(one.slice(2 * at, 2 * at + 2), 16)),
    )
    if (decoded !== undefined) return decoded
  }
  for (let skipped = 0; skipped < 4; skipped++) {
    const decoded = readable(base64(found.slice(skipped)))
    if (decoded !== undefined) return decoded
  }
  return undefined
}

function base64(text: string): Uint8Array {
  const whole = text
    .slice(0, text.length - (text.length % 4 === 1 ? 1 : 0))
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  try {
    return Uint8Array.from(atob(whole), (char) => char.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}

/** Text, but for a little at the edges of a window and what no decoder knows. */
function readable(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return undefined
  const text = utf8.decode(bytes)
  const strange = text.match(/[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/g)?.length ?? 0
  return strange <= 2 + text.length * 0.02 && /[ \n]/.test(text) ? text : undefined
}
