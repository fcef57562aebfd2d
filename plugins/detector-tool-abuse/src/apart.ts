import type { Finding } from '@sluice/core'
import type { ToolAbuseType } from './types.ts'

const ranks = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']
const rank = ({ severity }: Finding<ToolAbuseType>): number => ranks.indexOf(severity ?? 'HIGH')

/** Of findings of one type that overlap the gravest, then the most certain, then the longest: one thing is told once. */
export function apart(findings: readonly Finding<ToolAbuseType>[]): readonly Finding<ToolAbuseType>[] {
  const kept = new Map<ToolAbuseType, Finding<ToolAbuseType>[]>()
  for (const finding of [...findings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const known = kept.get(finding.type) ?? []
    const last = known.at(-1)
    if (last === undefined || last.end <= finding.start) known.push(finding)
    else if (isGraver(finding, last)) known[known.length - 1] = finding
    kept.set(finding.type, known)
  }
  return [...kept.values()].flat().sort((a, b) => a.start - b.start)
}

function isGraver(one: Finding<ToolAbuseType>, other: Finding<ToolAbuseType>): boolean {
  return rank(one) - rank(other) > 0 || (rank(one) === rank(other) && one.confidence > other.confidence)
}
