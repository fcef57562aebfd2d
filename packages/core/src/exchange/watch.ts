/** Looks again and again while there is something under way, with one timer for all of it, and rests while there is not. */
export class Watch {
  private readonly everyMs: number
  private readonly isBusy: () => boolean
  private readonly look: () => Promise<void>
  private timer: ReturnType<typeof setTimeout> | undefined
  private looking = false

  /** `look` never rejects. */
  constructor(everyMs: number, isBusy: () => boolean, look: () => Promise<void>) {
    this.everyMs = everyMs
    this.isBusy = isBusy
    this.look = look
  }

  /** Something is under way. */
  wake(): void {
    if (this.timer !== undefined || this.looking) return
    this.timer = setTimeout(() => void this.turn(), this.everyMs)
  }

  rest(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private async turn(): Promise<void> {
    this.timer = undefined
    if (!this.isBusy()) return
    this.looking = true
    await this.look()
    this.looking = false
    this.wake()
  }
}
