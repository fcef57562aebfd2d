/** Milliseconds that a long scan works before everybody else gets a turn. */
const turnMs = 10

/** The time a detector's scans take, and the turns they take it in: one caller's long text must not stop all others. */
export class Turns {
  private readonly clock: () => number
  private readonly budgetMs: number
  private readonly signal: AbortSignal
  private spent = 0
  private began: number

  constructor(clock: () => number, budgetMs: number, signal: AbortSignal) {
    this.clock = clock
    this.budgetMs = budgetMs
    this.signal = signal
    this.began = clock()
  }

  /** More time was worked than the detector has. The turns of others do not count. */
  isOver(): boolean {
    return this.spent + this.clock() - this.began > this.budgetMs
  }

  /** Nobody waits for the outcome any more. */
  get left(): boolean {
    return this.signal.aborted
  }

  /** Lets others go first if a turn was worked. */
  async rest(): Promise<void> {
    const worked = this.clock() - this.began
    if (worked < turnMs) return
    this.spent += worked
    await new Promise((resolve) => setTimeout(resolve, 0))
    this.began = this.clock()
  }
}
