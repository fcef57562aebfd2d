import { otherTextOf } from './encoded-text.ts'
import type { Undo, Undone } from './undo.ts'

/** Shorter runs are words. */
const shortest = 16
/** Longer runs are undone in pieces of so many, each of whole groups. */
const piece = 2048
/** Of what a run decodes to, so much is looked at before all of it is decoded. */
const sniffed = 16
/** Units behind a run that say whether it goes on in the next line: the break, and one more. */
const afterRun = 3
/** What encoders break lines at. */
const lineLengths: ReadonlySet<number> = new Set([64, 76])
const lineBreak = /^\r?\n(?=[A-Za-z0-9+/_-])/
const hexRun = /^(?:0x)?(?:[0-9a-fA-F]{2}){8,}/
const printable = /^[\t\n\r -~]*$/
const member = new Uint8Array(128)
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-') member[char.charCodeAt(0)] = 1

/** Runs of base64, base64url and hex become the text they encode, where it is printable. */
export const encodedRuns: Undo = {
  behind: 1,
  ahead: piece + afterRun,
  find(text, from) {
    // One look at every sixteenth unit finds every run of sixteen.
    for (let probe = from; probe < text.length; ) {
      if (!isMember(text.charCodeAt(probe))) {
        probe += shortest
        if (probe >= text.length && text.length - from < shortest) return startOfLast(text, from)
        continue
      }
      let start = probe
      while (start > from && isMember(text.charCodeAt(start - 1))) start--
      let end = probe + 1
      while (end < text.length && isMember(text.charCodeAt(end)) && end - start < shortest) end++
      if (end - start >= shortest || end === text.length) return start
      probe = end + shortest
    }
    return startOfLast(text, from)
  },
  ends(text, from) {
    for (let at = from; at < text.length; at++) if (!isMember(text.charCodeAt(at))) return at < text.length - afterRun
    return false
  },
  at(text, position) {
    let end = position
    while (end - position < piece && isMember(text.charCodeAt(end))) end++
    const units = end - position
    if (units < shortest) return { units: Math.max(1, units), out: undefined }
    const run = text.slice(position, end)
    return hexOf(run) ?? base64Of(run, text.slice(end, end + afterRun)) ?? { units, out: undefined }
  },
}

function isMember(unit: number): boolean {
  return unit < 128 && member[unit] === 1
}

/** A run that goes on to the end of what is there may yet be long enough. */
function startOfLast(text: string, from: number): number {
  let start = text.length
  while (start > from && isMember(text.charCodeAt(start - 1))) start--
  return start === text.length ? -1 : start
}

function hexOf(text: string): Undone | undefined {
  const run = hexRun.exec(text)?.[0]
  if (run === undefined) return undefined
  const from = run.startsWith('0x') ? 2 : 0
  let out = ''
  for (let at = from; at < run.length; at += 2) {
    const code = Number.parseInt(run.slice(at, at + 2), 16)
    if (!isPrintable(code)) return undefined
    out += String.fromCharCode(code)
  }
  return from === 0 ? { units: run.length, out, group: { units: 2, out: 1 } } : { units: run.length, out }
}

function base64Of(run: string, after: string): Undone | undefined {
  const whole = run.length === piece ? run : run.slice(0, run.length - (run.length % 4 === 1 ? 1 : 0))
  const head = decode(whole.slice(0, sniffed)) ?? '\0'
  if (!printable.test(head)) return otherTextOf(head) === undefined ? undefined : otherOf(whole, after)
  const out = decode(whole)
  if (out === undefined || out.length < 8) return undefined
  // What follows a text in one run of letters is not always part of it: as much as is readable counts.
  const readable = /^[\t\n\r -~]*/.exec(out)?.[0] ?? ''
  if (readable.length === out.length) {
    return { units: whole.length + closing(whole, after), out, group: { units: 4, out: 3 } }
  }
  const other = otherOf(whole, after)
  if (other !== undefined) return other
  const groups = Math.floor(readable.length / 3)
  return groups * 4 < shortest
    ? undefined
    : { units: groups * 4, out: readable.slice(0, groups * 3), group: { units: 4, out: 3 } }
}

/** A run of text that is no ASCII. */
function otherOf(run: string, after: string): Undone | undefined {
  const text = otherTextOf(decode(run) ?? '')
  return text === undefined ? undefined : { units: run.length + closing(run, after), ...text }
}

/** Units behind a run that belong to it: the sign that fills the last group, the break of a line that goes on. */
function closing(run: string, after: string): number {
  if (after.startsWith('=')) return 1
  return lineLengths.has(run.length) ? (lineBreak.exec(after)?.[0].length ?? 0) : 0
}

function decode(run: string): string | undefined {
  try {
    return atob(run.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
}

function isPrintable(code: number): boolean {
  return (code >= 32 && code < 127) || code === 9 || code === 10 || code === 13
}
