/**
 * A cheap pass that says where rules are worth trying. It may report too much, never too little: every match of its rules
 * stands where it reports a position.
 */
export interface Gate {
  /** Units from a position on that must be there to know whether it is reported. */
  readonly width: number
  /** Units before a position that it looks at. */
  readonly context: number
  /**
   * Reports, in order, the positions from `from` up to but not including `to`, and which of the gate's rules belong there if
   * `key` does not say it. `text` may go on after `to`.
   */
  scan(text: string, from: number, to: number, report: (at: number, key?: string) => void): void
  /**
   * The first position from `from` on that more text could turn into one that is reported, or out of being one. Lets
   * positions be decided, and text be cleared, sooner than `width` says.
   */
  open?(text: string, from: number): number
  /** Which of the gate's rules belong to a reported position; all of them where absent. */
  key?(text: string, at: number): string
}

/** `pattern` matches at most `width` units and looks at most `context` units back. */
export function patternGate(pattern: RegExp, width: number, context = 0): Gate {
  const find = new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}g`)
  return {
    width,
    context,
    scan(text, from, to, report) {
      find.lastIndex = from
      for (let match = find.exec(text); match !== null && match.index < to; match = find.exec(text)) {
        report(match.index)
        find.lastIndex = match.index + 1
      }
    },
  }
}
