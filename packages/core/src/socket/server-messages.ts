import { judgeResponse } from '../exchange/egress.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { noView } from '../exchange/no-view.ts'
import { Refused } from '../exchange/refusals.ts'
import { unredactable } from '../exchange/unredactable.ts'
import { spliceJson } from '../json/splice.ts'
import { acts, blocks } from '../policy/severity.ts'
import type { JsonBody } from '../protocol/body.ts'
import type { Place } from '../protocol/place.ts'
import type { ServerMessage } from '../protocol/socket.ts'
import type { BodyView, ToolCall } from '../protocol/view.ts'
import type { Known } from './known.ts'
import type { Turns } from './turns.ts'
import { blocked, type Verdict } from './withheld.ts'

export type Whole = Extract<ServerMessage, { type: 'whole' }>

/** Judges a whole message of the server's before it is given, as an answer that is not streamed. */
export async function judgeServer(exchange: Exchange, turns: Turns, body: JsonBody, message: Whole): Promise<Verdict> {
  const { known } = turns
  const { view } = message
  const fresh: ToolCall[] = []
  for (const call of view.toolCalls) {
    const verdict = known.verdictOn(call)
    if (verdict === 'denied') return withheld(body, message, blocked)
    if (verdict === undefined) fresh.push(call)
  }
  const copies = copiesIn(view, turns)
  const judged = await judgeResponse(exchange, body, { ...view, toolCalls: fresh }, known.tools, copies)
  turns.take()
  if (judged.refused) {
    return withheld(body, message, new Refused('SLUICE_NOT_INSPECTED', 'A message could not be inspected.'))
  }
  let { decision } = judged
  const edits = blocks(decision.action) ? [] : judged.edits
  const edited = edits.length === 0 ? undefined : spliceJson(body.text, edits)
  if (edits.length > 0 && edited === undefined) decision = unredactable(decision)
  exchange.decided('EGRESS', decision, decision.action)
  const isBlocked = blocks(decision.action)
  // One that was rewritten is judged anew wherever it is said again: it must be rewritten there, too.
  if (isBlocked || edited === undefined) for (const call of fresh) known.call(call, isBlocked ? 'denied' : 'passed')
  if (isBlocked) return withheld(body, message, blocked)
  if (edited === undefined) remember(view, known)
  return { type: 'given', text: edited ?? body.text }
}

/** Plain words of the server's: whether no rule would change them. */
export async function passesToClient(exchange: Exchange, turns: Turns, text: string): Promise<boolean> {
  if (text === '') return true
  const { decision, refused } = await judgeResponse(exchange, { type: 'text', text }, noView, turns.known.tools)
  turns.take()
  const passes = !refused && !acts(decision.action)
  exchange.decided('EGRESS', decision, decision.action)
  return passes
}

/** Texts that were given already: in pieces, or in another whole message. */
function copiesIn(view: BodyView, turns: Turns): readonly Place[] {
  const given = view.texts.filter((text) => turns.hasGiven(text))
  return given.flatMap(({ sources }) => sources.map(({ place }) => place))
}

function remember(view: BodyView, known: Known): void {
  for (const text of view.texts) known.text(text)
}

function withheld({ text }: JsonBody, { emptied }: Whole, refused: Refused): Verdict {
  const instead = emptied === undefined ? undefined : spliceJson(text, emptied)
  return { type: 'withheld', refused, ...(instead === undefined ? {} : { instead }) }
}
