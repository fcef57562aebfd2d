import type { Finding } from '@sluice/core'

/** Findings that wait until nothing that starts before them can come any more. */
export class InOrder<Code extends string> {
  private held: Finding<Code>[] = []

  add(findings: readonly Finding<Code>[]): void {
    for (const finding of findings) this.held.push(finding)
  }

  /** Those that start before `clearedTo`, in order; of several of one type and span the most confident. */
  release(clearedTo: number): readonly Finding<Code>[] {
    if (this.held.length === 0) return []
    this.held.sort((a, b) => a.start - b.start || b.end - a.end || b.confidence - a.confidence)
    const later = this.held.findIndex(({ start }) => start >= clearedTo)
    const ready = this.held.splice(0, later === -1 ? this.held.length : later)
    const spans = new Set<string>()
    return ready.filter(({ type, start, end }) => {
      const span = `${start} ${end} ${type}`
      return !spans.has(span) && spans.add(span)
    })
  }
}
