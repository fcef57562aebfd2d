import { tokensOf } from '../json/pointer.ts'
import { isJsonArray, isJsonObject } from '../json/type.ts'
import type { Body, FormPart } from '../protocol/body.ts'
import type { Json } from '../protocol/json.ts'
import type { Place } from '../protocol/place.ts'
import type { Fill } from './places.ts'

/** A sample as a body, and where in it what was filled in stands. */
export interface SampleBody {
  readonly body: Body
  placeOf(fill: Fill): Place
}

export function sampleBody(type: Body['type'], value: Json): SampleBody {
  if (type === 'form') return formBody(value)
  if (type === 'text') return { body: { type, text: String(value) }, placeOf: placeIn({}) }
  const text = JSON.stringify(value)
  if (type !== 'lines') return { body: { type: 'json', text, value }, placeOf: placeIn({}) }
  return { body: { type: 'lines', lines: [{ text, value }] }, placeOf: placeIn({ line: 0 }) }
}

/** Told from where the body, the line or the frame stands. */
export function placeIn(where: Omit<Place, 'pointer'>): (fill: Fill) => Place {
  return ({ at, holds }) => ({ ...where, pointer: at, ...(holds === 'name' && { key: true as const }) })
}

function formBody(value: Json): SampleBody {
  const parts: FormPart[] = []
  const firstOf = new Map<string, number>()
  for (const [name, given] of isJsonObject(value) ? Object.entries(value) : []) {
    firstOf.set(name, parts.length)
    for (const each of isJsonArray(given) ? given : [given]) parts.push(partOf(name, each))
  }
  return {
    body: { type: 'form', parts },
    placeOf({ at, holds }) {
      const [name = '', inside = ''] = tokensOf(at)
      const first = firstOf.get(name) ?? 0
      const isKey = holds === 'name' || inside === 'filename'
      return { part: first + (/^\d+$/.test(inside) ? Number(inside) : 0), pointer: '', ...(isKey && { key: true }) }
    },
  }
}

function partOf(name: string, value: Json): FormPart {
  if (!isJsonObject(value)) return { name, text: String(value), start: 0, end: 0 }
  const { filename } = value
  return { name, start: 0, end: 0, ...(typeof filename === 'string' && { filename }) }
}
