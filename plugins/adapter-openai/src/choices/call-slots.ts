/** A tool call while it streams in. */
export interface StreamedCall {
  readonly block: string
  id: string
  /** As far as it has come. */
  name: string
  /** The id has been told in an event. */
  isIdTold: boolean
}

/**
 * Which call a delta belongs to. The rule is an index for each call, and an id in its first delta; servers repeat
 * indexes for new calls, leave indexes out, or send the id late or never.
 */
export class CallSlots {
  readonly #prefix: string
  readonly #slots = new Map<number, StreamedCall[]>()
  readonly #byId = new Map<string, StreamedCall>()

  /** `prefix` begins the names of the blocks: `0/tool`. */
  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** `id` is `''` where the delta has none; `position` is the delta's place in its list. */
  find(index: number | undefined, id: string, position: number): StreamedCall {
    const known = id === '' ? undefined : this.#byId.get(id)
    if (index === undefined && known) return known
    const slot = index ?? position
    const calls = this.#slots.get(slot) ?? []
    const last = calls.at(-1)
    if (last && id === '') return last
    if (last && last.id === '') return this.#identify(last, id)
    const same = calls.find((call) => call.id === id)
    if (same) return same
    const block = `${this.#prefix}/${slot}${calls.length === 0 ? '' : `.${calls.length}`}`
    const call = this.#identify({ block, id, name: '', isIdTold: false }, id)
    calls.push(call)
    this.#slots.set(slot, calls)
    return call
  }

  #identify(call: StreamedCall, id: string): StreamedCall {
    call.id = id
    if (id !== '' && !this.#byId.has(id)) this.#byId.set(id, call)
    return call
  }
}
