import type { Finding, Scan, Segment } from '@sluice/core'
import { OffsetMap, type Span } from './offset-map.ts'
import type { Undo, Undone } from './undo.ts'

/** Units from something undone within which a finding may owe it its being: a name before a value, a boundary. */
const near = 96
/** Units at the cut ends of a region in which a scan cannot know what stands beside. */
const margin = 4

export interface StageSetup<Code extends string> {
  readonly undo: Undo
  readonly scan: Scan<unknown, Code>
  readonly segment: Segment
  /** UTF-16 units of the longest match, with all it looks at. */
  readonly reach: number
  /** The stage whose view this one reads; undefined: the text itself. */
  readonly before: Stage<Code> | undefined
}

/** A stretch of a view around what was undone: only there can a view show what the text does not. */
interface Region {
  readonly from: number
  state: unknown
  cleared: number
  firstUndone: number
  lastUndone: number
}

/** Makes one view of a text as it comes, and scans it where something was undone. */
export class Stage<Code extends string> {
  /** Findings in the text's own offsets, since last taken. */
  found: Finding<Code>[] = []
  private readonly setup: StageSetup<Code>
  private readonly map: OffsetMap = new OffsetMap()
  private input = ''
  /** Offset of `input` in what this stage reads; how much of it is undone already. */
  private inputAt = 0
  private done = 0
  private length = 0
  /** The last of the view, for regions to begin in. */
  private recent = ''
  private region: Region | undefined
  private out: string[] = []
  private undone: Span[] = []

  constructor(setup: StageSetup<Code>) {
    this.setup = setup
  }

  /** Something is kept back until more has come. */
  get waits(): boolean {
    return this.done < this.input.length
  }

  /** Takes what comes next of the text, and answers what comes next of the view. */
  push(text: string, ended: boolean): string {
    const { undo } = this.setup
    this.input += text
    for (;;) {
      const at = undo.find(this.input, this.done)
      if (at === -1) {
        this.plain(this.input.length)
        break
      }
      this.plain(at)
      if (!ended && at + undo.ahead > this.input.length) break
      const undone = undo.at(this.input, at)
      if (undone?.out === undefined) this.plain(at + (undone?.units ?? 1))
      else this.change(undone, undone.out)
    }
    const keep = Math.max(0, this.done - undo.behind)
    this.input = this.input.slice(keep)
    this.inputAt += keep
    this.done -= keep
    if (ended) this.endRegion(true)
    const out = this.out.join('')
    this.out = []
    return out
  }

  /** No finding that is still to come starts before this offset of the text. */
  clearedTo(): number {
    return this.region === undefined
      ? Number.POSITIVE_INFINITY
      : this.toText(this.region.cleared, this.region.cleared + 1).start
  }

  toText(start: number, end: number): Span {
    const span = this.map.toText({ start, end })
    return this.setup.before?.toText(span.start, span.end) ?? span
  }

  private plain(to: number): void {
    if (to <= this.done) return
    this.give(this.input.slice(this.done, to))
    this.done = to
  }

  private change(undone: Undone, out: string): void {
    const { reach, scan, segment } = this.setup
    this.map.add(this.length, this.inputAt + this.done, undone)
    if (this.region === undefined) {
      const from = this.length - this.recent.length
      this.region = { from, state: scan.init(segment), cleared: from, firstUndone: this.length, lastUndone: 0 }
      this.read(this.recent)
    }
    this.region.lastUndone = this.length + out.length
    this.undone.push({ start: this.length, end: this.length + out.length })
    if (this.undone.length > 256) this.undone = this.undone.filter(({ end }) => end > this.length - 2 * reach)
    this.done += undone.units
    this.give(out)
  }

  /** The next of the view. */
  private give(text: string): void {
    const { reach } = this.setup
    if (text === '') return
    this.out.push(text)
    const { region } = this
    if (region !== undefined) {
      // A region ends where the text says, not where a piece of it does.
      const left = region.lastUndone + reach - this.length
      this.read(text.slice(0, Math.max(0, left)))
      if (text.length > left) this.endRegion(false)
    }
    this.length += text.length
    this.recent = text.length >= reach ? text.slice(-reach) : (this.recent + text).slice(-reach)
    if (this.region === undefined) this.map.forget(this.length - 2 * reach)
  }

  private read(text: string): void {
    const { region } = this
    if (region === undefined || text === '') return
    const { state, findings, clearedTo } = this.setup.scan.push(region.state, text)
    region.state = state
    region.cleared = region.from + clearedTo
    this.take(findings, region)
  }

  private endRegion(textEnded: boolean): void {
    const { region } = this
    if (region === undefined) return
    const { findings } = this.setup.scan.end(region.state)
    const end = textEnded ? Number.POSITIVE_INFINITY : region.lastUndone + this.setup.reach - margin
    this.take(
      findings.filter((finding) => region.from + finding.end <= end),
      region,
    )
    this.region = undefined
    this.undone = []
  }

  private take(findings: readonly Finding<Code>[], { from }: Region): void {
    for (const finding of findings) {
      if (from > 0 && finding.start < margin) continue
      const start = from + finding.start
      const end = from + finding.end
      if (!this.undone.some((one) => one.start - near < end && one.end + near > start)) continue
      this.found.push({ ...finding, ...this.toText(start, end), data: { ...finding.data, view: true } })
    }
  }
}
