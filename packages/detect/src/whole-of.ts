import type { DetectorInstance, Finding, Segment } from '@sluice/core'

export type ScanDetector<Code extends string> = Extract<DetectorInstance<Code>, { mode: 'scan' }>

/** What a scan finds in a text that is all there, by the cheaper way if it has one. */
export function wholeOf<Code extends string>(
  scan: ScanDetector<Code>,
  segment: Segment,
  text: string,
): readonly Finding<Code>[] {
  if (scan.whole !== undefined) return scan.whole(segment, text)
  const first = scan.push(scan.init(segment), text)
  return [...first.findings, ...scan.end(first.state).findings]
}
