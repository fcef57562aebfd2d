import { createReplacementCounter } from './replaced.ts'

/** One block of an event stream: the lines up to a blank line. */
export interface SseFrame {
  /** The event's name. Absent: none or an empty one. */
  readonly event?: string
  /** The `data` lines joined with `\n`. Absent: the block has none, and clients dispatch nothing for it. */
  readonly data?: string
  /** What else stands in the block (comments, ids, fields nobody knows), joined with `\n`. Clients show it to nobody. */
  readonly aside?: string
  /** Byte offsets in the stream, blank line included. Bytes between two frames say nothing: blank lines, empty comments. */
  readonly start: number
  readonly end: number
  /**
   * The stream ended before the blank line. Browsers drop such an event; clients that read on to the last byte do not,
   * so it may have been seen and is delivered here.
   */
  readonly unterminated?: true
}

export interface SseSplitter {
  /** Takes the next bytes; answers the frames that they completed. Frames do not depend on how the bytes are cut. */
  push(bytes: Uint8Array): readonly SseFrame[]
  /** The stream has ended. Answers what was still unfinished. */
  end(): readonly SseFrame[]
  /** A frame was longer than `maxFrameBytes`: it and all that follows was not read. */
  readonly limited: boolean
  /** How many U+FFFD stand for bytes that are not UTF-8. */
  readonly replaced: number
}

const CR = 13
const LF = 10

/**
 * Cuts a stream of bytes into server-sent events, as https://html.spec.whatwg.org/multipage/server-sent-events.html
 * has it, and tells where each stood. A chunk is decoded at once: a line end is never part of a longer UTF-8 sequence,
 * so the n-th line end of the text is the n-th of the bytes, and where there are as many characters as bytes even the
 * offsets are equal. A CR that ends a chunk waits for the next byte, which may be its LF.
 */
export function createSseSplitter({ maxFrameBytes }: { readonly maxFrameBytes: number }): SseSplitter {
  const decoder = new TextDecoder()
  const replacements = createReplacementCounter()
  let consumed = 0
  /** The decoder may hold the first bytes of a character back. */
  let midCharacter = false
  let line = ''
  /** The offset after a CR that ended a chunk. */
  let afterCr: number | undefined
  let start = 0
  let event: string | undefined
  let data: string | undefined
  let aside: string | undefined
  let limited = false
  let frames: SseFrame[] = []

  function readLine(text: string, from: number, to: number): void {
    if (text.startsWith('data:', from)) {
      const value = text.slice(text.charCodeAt(from + 5) === 32 ? from + 6 : from + 5, to)
      data = data === undefined ? value : `${data}\n${value}`
      return
    }
    const whole = text.slice(from, to)
    const colon = whole.indexOf(':')
    const name = colon === -1 ? whole : whole.slice(0, colon)
    const value = colon === -1 ? '' : whole.slice(whole.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1)
    if (name === 'event') event = value === '' ? undefined : value
    else if (name === 'data') data = data === undefined ? value : `${data}\n${value}`
    else {
      const note = name === '' || name === 'id' || name === 'retry' ? value : whole
      if (note !== '') aside = aside === undefined ? note : `${aside}\n${note}`
    }
  }

  function endBlock(end: number, unterminated: boolean): void {
    if (end - start > maxFrameBytes) limited = true
    else if (data !== undefined || event !== undefined || aside !== undefined) {
      const frame: { -readonly [Key in keyof SseFrame]: SseFrame[Key] } = { start, end }
      if (event !== undefined) frame.event = event
      if (data !== undefined) frame.data = data
      if (aside !== undefined) frame.aside = aside
      if (unterminated) frame.unterminated = true
      frames.push(frame)
    }
    start = end
    event = data = aside = undefined
  }

  function endLine(text: string, from: number, to: number, end: number): void {
    if (line !== '') {
      const whole = line + text.slice(from, to)
      line = ''
      readLine(whole, 0, whole.length)
    } else if (from === to) endBlock(end, false)
    else readLine(text, from, to)
  }

  function read(bytes: Uint8Array): void {
    const text = decoder.decode(bytes, { stream: true })
    const base = consumed
    const aligned = !midCharacter && text.length === bytes.length
    consumed += bytes.length
    midCharacter = (bytes[bytes.length - 1] ?? 0) >= 0x80
    replacements.count(bytes, text)
    let from = 0
    let byte = 0
    if (afterCr !== undefined && text !== '') {
      if (text.charCodeAt(0) === LF) from = byte = 1
      endLine('', 0, 0, afterCr + from)
      afterCr = undefined
    }
    let lf = text.indexOf('\n', from)
    let cr = text.indexOf('\r', from)
    while (!limited && (lf !== -1 || cr !== -1)) {
      const byCr = cr !== -1 && (lf === -1 || cr < lf)
      const to = byCr ? cr : lf
      const width = byCr && lf === to + 1 ? 2 : 1
      byte = (aligned ? to : bytes.indexOf(byCr ? CR : LF, byte)) + width
      if (byCr && to + 1 === text.length) {
        line += text.slice(from, to)
        afterCr = base + byte
        return
      }
      endLine(text, from, to, base + byte)
      from = to + width
      if (lf < from && lf !== -1) lf = text.indexOf('\n', from)
      if (cr < from && cr !== -1) cr = text.indexOf('\r', from)
    }
    line += text.slice(from)
  }

  function taken(): readonly SseFrame[] {
    if (consumed - start > maxFrameBytes) limited = true
    if (limited) {
      line = ''
      event = data = aside = undefined
    }
    const answer = frames
    frames = []
    return answer
  }

  return {
    push(bytes) {
      if (!limited && bytes.length > 0) read(bytes)
      return taken()
    },
    end() {
      if (limited) return taken()
      if (afterCr !== undefined) endLine('', 0, 0, afterCr)
      const rest = decoder.decode()
      replacements.count(new Uint8Array(), rest)
      line += rest
      if (line !== '') readLine(line, 0, line.length)
      line = ''
      endBlock(consumed, true)
      return taken()
    },
    get limited() {
      return limited
    },
    get replaced() {
      return replacements.total
    },
  }
}
