import type { Finding, Scan, Segment } from '@sluice/core'
import { inView, margin, viewed } from './near.ts'
import { OffsetMap, type Span } from './offset-map.ts'
import type { Undo, Undone } from './undo.ts'

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
  /** Units of `input` without which nothing more can be undone, unless what is kept back ends before; sought up to there. */
  private needed = 0
  private soughtTo = 0
  /** The last of the view, `reach` and more of it, for regions to begin in. */
  private recent = ''
  /** Of the region's view: not read yet. */
  private unread: string[] = []
  private region: Region | undefined
  private out: string[] = []
  private undone: Span[] = []
  private undoneAtMost = 256

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
    if (!ended && this.input.length < this.needed && !this.isEnded()) return ''
    let from = this.done
    for (;;) {
      const at = undo.find(this.input, from)
      if (at === -1) {
        this.plain(this.input.length)
        break
      }
      if (!ended && at + undo.ahead > this.input.length && undo.ends?.(this.input, at) !== true) {
        this.plain(at)
        this.needed = at + undo.ahead
        this.soughtTo = this.input.length - 1
        break
      }
      const undone = undo.at(this.input, at)
      from = at + (undone?.units ?? 1)
      if (undone?.out === undefined) continue
      this.plain(at)
      this.change(undone, undone.out)
    }
    if (!this.waits) this.needed = 0
    const keep = Math.max(0, this.done - undo.behind)
    this.input = this.input.slice(keep)
    this.inputAt += keep
    this.done -= keep
    this.needed -= keep
    this.soughtTo -= keep
    if (ended) this.endRegion(true)
    else this.readOn()
    const out = this.out.join('')
    this.out = []
    return out
  }

  /** What is kept back ended in what has come: it need not be waited for any longer. */
  private isEnded(): boolean {
    const { undo } = this.setup
    if (undo.ends === undefined) return false
    const from = Math.max(0, this.soughtTo)
    this.soughtTo = this.input.length - 1
    return undo.ends(this.input, from)
  }

  /** No finding that is still to come starts before this offset of the text. */
  clearedTo(): number {
    return this.region === undefined
      ? Number.POSITIVE_INFINITY
      : this.toText(this.region.cleared, this.region.cleared + 1).start
  }

  /** Forgets the way back from what nobody asks for any more, the next stage from `wanted` on, and answers from where on this one asks. */
  forget(wanted: number): number {
    const from = Math.min(wanted, this.region?.cleared ?? this.length - this.setup.reach)
    this.map.forget(from)
    return Math.min(this.inputAt + this.done, this.map.toText({ start: from, end: from + 1 }).start)
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
      const recent = this.recent.slice(-reach)
      const from = this.length - recent.length
      this.region = { from, state: scan.init(segment), cleared: from, lastUndone: 0 }
      this.unread.push(recent)
    }
    this.region.lastUndone = this.length + out.length
    this.undone.push({ start: this.length, end: this.length + out.length })
    if (this.undone.length > this.undoneAtMost) {
      this.readOn()
      this.undone = this.undone.filter(({ end }) => end > this.length - 2 * reach)
      this.undoneAtMost = 256 + 2 * this.undone.length
    }
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
      this.unread.push(text.slice(0, Math.max(0, left)))
      if (text.length > left) this.endRegion(false)
    }
    this.length += text.length
    this.recent += text
    if (this.recent.length > 8 * reach) this.recent = this.recent.slice(-reach)
  }

  private readOn(): void {
    const { region } = this
    const text = this.unread.join('')
    if (region === undefined || text === '') return
    this.unread = []
    const { state, findings, clearedTo } = this.setup.scan.push(region.state, text)
    region.state = state
    region.cleared = region.from + clearedTo
    this.take(findings, region)
  }

  private endRegion(textEnded: boolean): void {
    this.readOn()
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
      const span = inView(finding, from, this.undone)
      if (span !== undefined) this.found.push(viewed(finding, this.toText(span.start, span.end)))
    }
  }
}
