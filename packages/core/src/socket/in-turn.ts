/** Does things one after the other, in the order in which they came. What need not wait is done at once. */
export class InTurn {
  private readonly waiting: { readonly size: number; readonly work: () => Promise<void> | undefined }[] = []
  private working = false
  private stopped = false
  private units = 0
  private readonly onIdle: (() => void)[] = []

  /** How much of what was handed over is not done. */
  get pending(): number {
    return this.units
  }

  /** `work` must not throw, nor reject. `size`: what it counts for while it waits. */
  add(size: number, work: () => Promise<void> | undefined): void {
    if (this.stopped) return
    this.waiting.push({ size, work })
    this.units += size
    if (!this.working) this.go()
  }

  /** Forgets what waits. */
  stop(): void {
    this.stopped = true
    this.waiting.length = 0
  }

  /** Resolves when nothing is being done. */
  idle(): Promise<void> {
    return this.working ? new Promise((resolve) => this.onIdle.push(resolve)) : Promise.resolve()
  }

  private go(): void {
    this.working = true
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      const { size, work } = next
      const done = work()
      if (done === undefined) {
        this.units -= size
        continue
      }
      void done.then(() => {
        this.units -= size
        this.go()
      })
      return
    }
    this.working = false
    for (const tell of this.onIdle.splice(0)) tell()
  }
}
