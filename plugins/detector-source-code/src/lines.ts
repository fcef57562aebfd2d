/** A line with what ends it, or as much of a line as is read at once. */
export interface Line {
  readonly text: string
  /** UTF-16 offset in the segment. */
  readonly at: number
}

/** UTF-16 units after which a line is cut, wherever that is: minified code has no other end. */
export const longestLine = 4096

/** Gives whole lines of a text that comes in pieces. Where they begin depends on the text alone. */
export class LineReader {
  private tail = ''
  private base = 0

  /** Where the line begins that has not come whole. */
  get at(): number {
    return this.base
  }

  push(text: string): readonly Line[] {
    this.tail += text
    return this.take(false)
  }

  end(): readonly Line[] {
    return this.take(true)
  }

  private take(ended: boolean): readonly Line[] {
    const lines: Line[] = []
    let from = 0
    while (from < this.tail.length) {
      const feed = this.tail.indexOf('\n', from)
      const full = from + longestLine
      let to = feed === -1 ? this.tail.length : feed + 1
      if (to > full) to = full
      else if (feed === -1 && to < full && !ended) break
      lines.push({ text: this.tail.slice(from, to), at: this.base + from })
      from = to
    }
    this.tail = this.tail.slice(from)
    this.base += from
    return lines
  }
}
