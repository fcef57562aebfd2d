import type { DetectorInstance } from '../protocol/detector.ts'
import type { Finding } from '../protocol/finding.ts'
import type { TextSegment } from '../protocol/segment.ts'

/** Text is handed over in slices of this many UTF-16 units, so that the deadline is looked at between them. */
const sliceChars = 65_536

export type ScanResult = readonly Finding[] | 'late' | 'dishonest'

/** Runs a scan over a whole segment. `dishonest`: a finding before an offset it had cleared, or no list of findings. */
export function scanWhole(
  scan: Extract<DetectorInstance, { mode: 'scan' }>,
  segment: TextSegment,
  clock: () => number,
  deadline: number,
): ScanResult {
  const { text } = segment
  if (scan.whole !== undefined && text.length <= sliceChars) {
    const findings = scan.whole(segment, text)
    return clock() > deadline ? 'late' : Array.isArray(findings) ? findings : 'dishonest'
  }
  let state = scan.init(segment)
  let cleared = 0
  const all: Finding[] = []
  for (let at = 0; at < text.length; at += sliceChars) {
    const step = scan.push(state, text.length <= sliceChars ? text : text.slice(at, at + sliceChars))
    if (!honest(step.findings, cleared) || !(step.clearedTo >= cleared)) return 'dishonest'
    for (const finding of step.findings) all.push(finding)
    state = step.state
    cleared = step.clearedTo
    if (clock() > deadline) return 'late'
  }
  const last = scan.end(state)
  if (!honest(last.findings, cleared)) return 'dishonest'
  for (const finding of last.findings) all.push(finding)
  return all
}

function honest(findings: readonly Finding[], cleared: number): boolean {
  // A set, say, has no length, and what is in it would be lost.
  if (!Array.isArray(findings)) return false
  for (const finding of findings) if (finding.start < cleared) return false
  return true
}
