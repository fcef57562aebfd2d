import type { DetectorInstance } from '../protocol/detector.ts'
import type { Finding } from '../protocol/finding.ts'
import type { TextSegment } from '../protocol/segment.ts'
import type { Turns } from './turns.ts'

export type Scanner = Extract<DetectorInstance, { mode: 'scan' }>
/** `left`: nobody waits for the outcome any more. */
export type ScanResult = readonly Finding[] | 'late' | 'dishonest' | 'left'

/** Texts of up to so many UTF-16 units together are scanned at once. */
export const shortChars = 131_072
/** Longer text is handed over in slices of so many, so that others get their turn, and the time is looked at, between. */
const sliceChars = 16_384

/** Runs a scan over a short segment. `dishonest`: a finding before an offset it had cleared, or no list of findings. */
export function scanShort(scan: Scanner, segment: TextSegment, turns: Turns): ScanResult {
  const { text } = segment
  let findings: readonly Finding[] | 'dishonest'
  if (scan.whole === undefined) {
    const run = new ScanRun(scan, segment)
    findings = run.push(text) ? run.end() : 'dishonest'
  } else findings = scan.whole(segment, text)
  if (turns.isOver()) return 'late'
  return Array.isArray(findings) ? findings : 'dishonest'
}

/** The same for a text of any length, resting between slices. Rejects as the scan throws. */
export async function scanLong(scan: Scanner, segment: TextSegment, turns: Turns): Promise<ScanResult> {
  const { text } = segment
  const run = new ScanRun(scan, segment)
  for (let at = 0; at < text.length; at += sliceChars) {
    if (!run.push(text.slice(at, at + sliceChars))) return 'dishonest'
    if (turns.isOver()) return 'late'
    await turns.rest()
    if (turns.left) return 'left'
  }
  return run.end()
}

/** One scan of one segment, held to the contract of `ScanStep`. */
class ScanRun {
  private readonly scan: Scanner
  private readonly found: Finding[] = []
  private state: unknown
  private cleared = 0

  constructor(scan: Scanner, segment: TextSegment) {
    this.scan = scan
    this.state = scan.init(segment)
  }

  /** False: the scan is dishonest. */
  push(text: string): boolean {
    const step = this.scan.push(this.state, text)
    if (!this.take(step.findings) || !(step.clearedTo >= this.cleared)) return false
    this.state = step.state
    this.cleared = step.clearedTo
    return true
  }

  end(): readonly Finding[] | 'dishonest' {
    return this.take(this.scan.end(this.state).findings) ? this.found : 'dishonest'
  }

  private take(findings: readonly Finding[]): boolean {
    // A set, say, has no length, and what is in it would be lost.
    if (!Array.isArray(findings)) return false
    for (const finding of findings) {
      if (finding.start < this.cleared) return false
      this.found.push(finding)
    }
    return true
  }
}
