import { Blocked } from '../exchange/blocked.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { ingress } from '../exchange/ingress.ts'
import { noView } from '../exchange/no-view.ts'
import type { ReadRequest } from '../exchange/read-body.ts'
import { Refused } from '../exchange/refusals.ts'
import { vetNames } from '../exchange/vet-names.ts'
import { checkFields } from '../json/fields.ts'
import { parseJson } from '../json/parse.ts'
import { isJsonObject } from '../json/type.ts'
import type { Body, JsonBody } from '../protocol/body.ts'
import type { SessionReader } from '../protocol/socket.ts'
import type { Known } from './known.ts'
import { blocked, type Verdict } from './withheld.ts'

const utf8 = new TextDecoder()

/** Reads a client's message as what the provider will take it for. */
export function readMessage(text: string, { route, runtime }: Exchange): JsonBody | Refused {
  const parsed = parseJson(text, runtime.limits.maxDepth)
  if (!parsed.ok) return new Refused('SLUICE_BODY_MALFORMED', parsed.message)
  const { value } = parsed
  if (!isJsonObject(value)) return new Refused('SLUICE_BODY_MALFORMED', 'The message must be a JSON object.')
  const problem = route.fields === undefined ? undefined : checkFields(value, route.fields)
  return problem === undefined ? { type: 'json', text, value } : new Refused('SLUICE_BODY_MALFORMED', problem)
}

/** Judges a client's message as a request's body is judged. What passes is what is sent. */
export async function judgeClient(
  exchange: Exchange,
  reader: SessionReader,
  known: Known,
  body: JsonBody,
): Promise<Verdict> {
  const view = reader.readClient(body)
  const passed = await ingress(exchange, asRequest(body), view)
  if (passed instanceof Refused) {
    await vetNames(exchange)
    return { type: 'withheld', refused: passed }
  }
  if (passed instanceof Blocked) return { type: 'withheld', refused: blocked }
  for (const name of passed.forwarded) known.declare(name)
  for (const call of view.toolCalls) known.call(call, 'passed')
  // A message is no file: where it is edited, all of it is in memory.
  if (passed.bytes instanceof Uint8Array) return { type: 'given', text: utf8.decode(passed.bytes) }
  for (const text of view.texts) known.text(text)
  return { type: 'given', text: body.text }
}

/** Plain words of the client's, with which it closes: whether no rule would change them. */
export async function passesToServer(exchange: Exchange, text: string): Promise<boolean> {
  if (text === '') return true
  const passed = await ingress(exchange, asRequest({ type: 'text', text }), noView)
  return !(passed instanceof Refused) && !(passed instanceof Blocked)
}

function asRequest(body: Body): ReadRequest {
  // Without bytes: the text itself is sent where nothing is edited.
  return { body, bytes: undefined, decoded: false, received: 0 }
}
