import type { Host } from '../protocol/host.ts'
import type { MaybePromise } from '../protocol/json.ts'
import type { KeptState, StateTable } from '../protocol/store.ts'
import type { Made, Reference } from '../protocol/view.ts'
import { isPending } from './pending.ts'

/** A client may name what a stream made before we have read that stream to its end: so long it is waited for. */
const streamEndsWithinMs = 1000

/** Which AppContext made what the providers keep. Ids are told by keyed hashes: the store learns none. */
export class KeptIds {
  private readonly table: StateTable<KeptState>
  private readonly host: Host
  private readonly key: string
  private readonly open: Map<string, number> = new Map()
  private readonly waiting: Set<() => void> = new Set()

  constructor(table: StateTable<KeptState>, host: Host, hmacKey: string) {
    this.table = table
    this.host = host
    this.key = host.hmac(hmacKey, 'kept')
  }

  find(adapter: string, { kind, id }: Pick<Reference, 'kind' | 'id'>): MaybePromise<KeptState | undefined> {
    return this.table.get(adapter, this.hash(kind, id))
  }

  /** As `find`, but what is not found is looked for again while streams of this AppContext come to their ends. */
  async awaited(adapter: string, reference: Reference, app: string): Promise<KeptState | undefined> {
    const until = this.host.clock() + streamEndsWithinMs
    for (;;) {
      const found = await this.find(adapter, reference)
      const left = until - this.host.clock()
      if (found !== undefined || (this.open.get(app) ?? 0) === 0 || left <= 0) return found
      await this.nextEnd(left)
    }
  }

  /** Who made a thing first keeps it. */
  async bind(adapter: string, made: readonly Made[], state: KeptState): Promise<void> {
    for (const { kind, id } of made) {
      const bound = this.table.update(adapter, this.hash(kind, id), (known) => known ?? state)
      if (isPending(bound)) await bound
    }
  }

  /** A stream of this AppContext has begun. The answer is called when what it made is bound, or never will be. */
  streaming(app: string): () => void {
    this.open.set(app, (this.open.get(app) ?? 0) + 1)
    return () => {
      const left = (this.open.get(app) ?? 1) - 1
      if (left > 0) this.open.set(app, left)
      else this.open.delete(app)
      for (const wake of this.waiting) wake()
    }
  }

  private hash(kind: string, id: string): string {
    return this.host.hmac(this.key, `${kind}:${id}`)
  }

  private async nextEnd(withinMs: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    let wake = (): void => undefined
    await new Promise<void>((resolve) => {
      wake = resolve
      this.waiting.add(wake)
      timer = setTimeout(resolve, withinMs)
    })
    this.waiting.delete(wake)
    clearTimeout(timer)
  }
}
