import type { Case, Found } from '../case.ts'
import type { Domain } from '../task.ts'

export type Answer = readonly Omit<Found, 'by'>[]

/** Somebody else's detector, asked in its own way; its findings get the type of ours that they are about. */
export interface Peer {
  readonly name: string
  readonly version: string
  /** What of it is run, and what cannot be. */
  readonly how: string
  /** Of those it has local checks for. */
  readonly domains: readonly Domain[]
  /** Made in the peer's own process. */
  open(domain: Domain): Promise<(one: Case) => Promise<Answer> | Answer>
}

/** Where it says that there is something, not where: the whole text. */
export function somewhere(type: string, text: string, confidence = 1): Answer {
  return [{ type, start: 0, end: text.length, confidence, severity: 'HIGH' }]
}

/** The places of a value that it names. */
export function placesOf(type: string, value: string, text: string): Answer {
  const places: Omit<Found, 'by'>[] = []
  for (let at = text.indexOf(value); value !== '' && at !== -1; at = text.indexOf(value, at + value.length)) {
    places.push({ type, start: at, end: at + value.length, confidence: 1, severity: 'HIGH' })
  }
  return places
}
