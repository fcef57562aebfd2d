import type { Said } from '../protocol/detector.ts'

interface Body extends Said {
  readonly chars: number
}

/** What an exchange has held so far, for detectors that look from one segment to another: the latest of it, within a bound. */
export class SaidSoFar {
  private readonly maxChars: number
  private bodies: Body[] = []
  private chars = 0

  /** UTF-16 units that are kept, besides the last body, which always is. */
  constructor(maxChars: number) {
    this.maxChars = maxChars
  }

  add(said: Said): void {
    const chars = said.segments.reduce((sum, { text }) => sum + text.length, 0)
    this.bodies.push({ ...said, chars })
    this.chars += chars
    while (this.chars > this.maxChars && this.bodies.length > 1) this.chars -= this.bodies.shift()?.chars ?? 0
  }

  get all(): Said {
    const [only, another] = this.bodies
    if (only !== undefined && another === undefined) return only
    return {
      segments: this.bodies.flatMap(({ segments }) => segments),
      toolCalls: this.bodies.flatMap(({ toolCalls }) => toolCalls),
      detections: this.bodies.flatMap(({ detections }) => detections),
    }
  }
}
