import assert from 'node:assert/strict'
import type { CallContext, DetectorInstance, Finding, ScanStep, Segment, TextSegment } from '@sluice/core'

/** Runs a scan over the pieces and holds it to the contract of `ScanStep` on the way. */
export function scanPieces(detector: DetectorInstance, pieces: readonly string[]): readonly Finding[] {
  assert(detector.mode === 'scan')
  const found: Finding[] = []
  let length = 0
  let cleared = 0
  let state = detector.init(segment)
  for (let at = 0; at <= pieces.length; at++) {
    const piece = pieces[at]
    const step: ScanStep<unknown> = piece === undefined ? detector.end(state) : detector.push(state, piece)
    length += piece?.length ?? 0
    state = step.state
    for (const finding of step.findings) {
      assert(finding.start >= cleared, `a finding starts at ${finding.start}, but the text was cleared to ${cleared}`)
      assert(finding.start >= (found.at(-1)?.start ?? 0), 'findings come in order of start')
      found.push(finding)
    }
    assert(step.clearedTo >= cleared, `clearedTo went back from ${cleared} to ${step.clearedTo}`)
    assert(step.clearedTo <= length, `clearedTo ${step.clearedTo} is past the ${length} units that came`)
    cleared = step.clearedTo
  }
  assert.equal(cleared, length, 'at the end all text is cleared')
  return found
}

/** What a detector finds in one text that comes whole. `exchange` detectors are not for this kit. */
export async function findIn(detector: DetectorInstance, text: string): Promise<readonly Finding[]> {
  if (detector.mode === 'scan') {
    const found = scanPieces(detector, [text])
    if (detector.whole !== undefined) {
      assert.deepEqual(detector.whole(segment, text), found, 'whole() finds what push() and end() find')
    }
    return found
  }
  assert(detector.mode === 'inspect', 'only detectors that read one segment can be run here')
  const whole: TextSegment = { ...segment, text, sources: [{ place: { pointer: '' }, start: 0 }] }
  return detector.inspect(whole, call)
}

/** Holds findings to what the gateway checks: declared types, offsets within the text, nothing of the text in `data`. */
export function checkFindings(detector: DetectorInstance, text: string, findings: readonly Finding[]): void {
  for (const { type, start, end, confidence, data } of findings) {
    assert(Object.hasOwn(detector.types, type), `${type} is not among the declared types`)
    assert(Number.isInteger(start) && Number.isInteger(end), 'offsets are whole numbers')
    assert(0 <= start && start < end && end <= text.length, `${start} to ${end} is no part of the text`)
    assert(confidence >= 0 && confidence <= 1, `a confidence of ${confidence}`)
    const matched = text.slice(start, end)
    for (const value of Object.values(data ?? {})) {
      assert(matched.length < 4 || !String(value).includes(matched), `${type} puts the matched text into its data`)
    }
  }
}

const segment: Segment = { id: 'q0', direction: 'ingress', kind: 'user', trust: 'user' }
const call: CallContext = {
  exchange: 'ex_test',
  app: 'ac_test00000000',
  operation: 'test',
  signal: new AbortController().signal,
}
