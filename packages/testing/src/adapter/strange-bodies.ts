import type { Body, Json, Operation } from '@sluice/core'
import { seededRandom } from '../split/seeded-random.ts'
import { noRequest, targetOf } from './readings.ts'

const leaves: readonly Json[] = [null, true, 0, -1, 4e9, 1.5, '', 'text', 'function', '\ud800']

/** Reads what the other side may send however little sense it makes, in all ways of reading. Throws what a reader throws. */
export function readStrangeBodies(operation: Operation, rounds: number): void {
  const next = seededRandom(rounds)
  const names = [...operation.names, ...namesIn(operation), '__proto__', 'constructor']
  for (let round = 0; round < rounds; round++) readAll(operation, jsonOf(strangeObject(next, names, 6)))
  for (const name of names) readAll(operation, jsonOf({ [name]: deep, error: { [name]: deep } }))
  for (const body of others) readAll(operation, body)
}

const others: readonly Body[] = [
  { type: 'none' },
  { type: 'text', text: 'not JSON' },
  { type: 'opaque', contentType: 'image/png' },
  { type: 'form', parts: [{ name: 'model', text: 'x', start: 0, end: 1 }] },
  { type: 'lines', lines: [{ text: '[]', value: [] }] },
]

function readAll(operation: Operation, body: Body): void {
  const request = operation.readRequest(body, targetOf(operation))
  for (const status of [200, 500]) operation.readResponse(body, { status, request })
  const decoder = operation.decoder('text/event-stream', noRequest(operation))
  if (body.type === 'json') decoder?.decode({ index: 0, data: '', value: body.value })
  decoder?.decode({ index: 1, event: 'error', data: 'x', value: undefined })
  decoder?.end()
}

function jsonOf(value: Json): Body {
  return { type: 'json', text: '', value }
}

function namesIn({ fields = {} }: Operation): readonly string[] {
  return Object.keys(fields).flatMap((pointer) => pointer.split('/').filter((name) => name !== '' && name !== '*'))
}

/** Built and not written out: as deep as a stack is not. */
const deep: Json = deepValue()

function deepValue(): Json {
  let value: Json = 'x'
  for (let depth = 0; depth < 20_000; depth++) value = depth % 2 === 0 ? [value] : { content: value }
  return value
}

function strangeObject(next: () => number, names: readonly string[], depth: number): Json {
  const members = Array.from({ length: 1 + Math.floor(next() * 5) }, () => [
    pick(next, names),
    strange(next, names, depth),
  ])
  return Object.fromEntries(members)
}

function strange(next: () => number, names: readonly string[], depth: number): Json {
  const kind = depth === 0 ? 0 : next()
  if (kind < 0.3) return pick(next, leaves)
  if (kind < 0.6) {
    return Array.from({ length: Math.floor(next() * 4) }, () => strange(next, names, depth - 1))
  }
  return strangeObject(next, names, depth - 1)
}

function pick<Item extends Json>(next: () => number, items: readonly Item[]): Json {
  return items[Math.floor(next() * items.length)] ?? null
}
