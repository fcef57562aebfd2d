import type { JsonObject } from '@sluice/core'
import { asString, asText } from '../json/read.ts'

const MAX_KEPT = 4096

export interface NamedCall {
  readonly name: string
  readonly callId: string
}

/** The calls of a session: later events name them by their id, or by the id of their item, alone. */
export class CallNames {
  readonly #byCall = new Map<string, string>()
  readonly #byItem = new Map<string, NamedCall>()
  readonly #told = new Map<string, true>()

  /** `item`: of a conversation; it need not be a call. */
  note(item: JsonObject): void {
    const name = asText(item['name'])
    const callId = asString(item['call_id']) ?? ''
    if (name === undefined) return
    if (callId !== '') keep(this.#byCall, callId, name)
    const id = asText(item['id'])
    if (id !== undefined) keep(this.#byItem, id, { name, callId })
  }

  nameOf(callId: string): string {
    return this.#byCall.get(callId) ?? ''
  }

  ofItem(item: string): NamedCall | undefined {
    return this.#byItem.get(item)
  }

  /** The same, the first time that it is asked for; later nothing. */
  tellOnce(item: string): NamedCall | undefined {
    if (this.#told.has(item)) return undefined
    const known = this.#byItem.get(item)
    if (known !== undefined) keep(this.#told, item, true)
    return known
  }
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  const [oldest] = map.keys()
  if (map.size >= MAX_KEPT && oldest !== undefined) map.delete(oldest)
  map.set(key, value)
}
