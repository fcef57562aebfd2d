import type { Host } from '../protocol/host.ts'
import type { MaybePromise } from '../protocol/json.ts'
import type { KeptState, StateTable } from '../protocol/store.ts'
import type { Made, Reference } from '../protocol/view.ts'
import { isPending } from './pending.ts'

/** A client may name what a stream made before we have read it there: so long an exchange waits for all that it names. */
export const readWithinMs = 1000
const lookEveryMs = 100

/** Binds what a stream has made so far. */
type Look = () => Promise<void>

/** Which AppContext made what the providers keep. Ids are told by keyed hashes: the store learns none. */
export class KeptIds {
  private readonly table: StateTable<KeptState>
  private readonly host: Host
  private readonly key: string
  private readonly open: Map<string, Set<Look>> = new Map()
  private readonly waiting: Set<() => void> = new Set()

  constructor(table: StateTable<KeptState>, host: Host, hmacKey: string) {
    this.table = table
    this.host = host
    this.key = host.hmac(hmacKey, 'kept')
  }

  find(adapter: string, { kind, id }: Pick<Reference, 'kind' | 'id'>): MaybePromise<KeptState | undefined> {
    return this.table.get(adapter, this.hash(kind, id))
  }

  /** As `find`, but what is not found is looked for in what streams of this AppContext say, until they end. */
  async awaited(adapter: string, reference: Reference, app: string, withinMs: number): Promise<KeptState | undefined> {
    const until = this.host.clock() + withinMs
    for (;;) {
      for (const look of this.open.get(app) ?? []) await look()
      const found = await this.find(adapter, reference)
      const left = until - this.host.clock()
      if (found !== undefined || !this.open.has(app) || left <= 0) return found
      await this.nextEnd(Math.min(left, lookEveryMs))
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
  streaming(app: string, look: Look): () => void {
    const looks = this.open.get(app) ?? new Set()
    this.open.set(app, looks.add(look))
    return () => {
      looks.delete(look)
      if (looks.size === 0 && this.open.get(app) === looks) this.open.delete(app)
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
