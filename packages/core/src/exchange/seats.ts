/** One exchange's place among those of its key. */
export interface Seat {
  /** Once: a second time changes nothing. */
  leave(): void
}

/** How many exchanges of each key are under way. Holds an entry for no key that has none. */
export class Seats {
  private readonly taken: Map<string, number> = new Map()

  take(key: string, most: number): Seat | 'full' {
    const before = this.taken.get(key) ?? 0
    if (before >= most) return 'full'
    this.taken.set(key, before + 1)
    let isTaken = true
    return {
      leave: () => {
        if (!isTaken) return
        isTaken = false
        const left = (this.taken.get(key) ?? 1) - 1
        if (left === 0) this.taken.delete(key)
        else this.taken.set(key, left)
      },
    }
  }
}
