import { editedBody } from '../file/edited.ts'
import type { HostResponse, Spool } from '../protocol/host.ts'
import type { BodyView, Made, ToolCall, Usage } from '../protocol/view.ts'
import { Blocked } from './blocked.ts'
import { type Answered, judgeAnswer } from './egress.ts'
import type { Exchange } from './exchange.ts'
import { responseHeaders } from './headers.ts'
import { type FileJudge, judgeFile, type Piece } from './judge-file.ts'
import { type Found, routeOfNested } from './nested.ts'
import { bindMade, isMadeByProvider } from './references.ts'
import { Refused } from './refusals.ts'
import { relay } from './relay.ts'
import { codeOf, lost } from './upstream.ts'

/** Calls that are put on record of a file's answers. */
const maxCalls = 1000
/** What a file's answers made, as far as it is bound: what is not is unknown. */
const maxMade = 100_000

/**
 * Fetches a file onto disk, judges all of it, and only then gives it on, with what policy changes in it. A batch's
 * answers are judged as the answers of their operations.
 */
export async function fetchedFile(
  exchange: Exchange,
  response: HostResponse,
  request: BodyView,
  over: () => void,
): Promise<Response | Refused | Blocked> {
  const { draft, ready, runtime } = exchange
  const spool = await receive(exchange, response)
  if (spool instanceof Refused) return spool
  draft.responseBytes = spool.size
  draft.stage('relay')
  const made: Made[] = []
  const judged = await judgeFile(judgeOf(exchange, spool, made))
  draft.stage('detect')
  if (judged instanceof Refused) return notGiven(judged)
  exchange.decided('EGRESS', judged.decision, judged.decision.action)
  if (judged.stops) return new Blocked(judged.blocked)
  // What a caller has written must not claim for him what others have made.
  if (made.length > 0 && (await isMadeByProvider(exchange, request.references))) await bindMade(exchange, made)
  await exchange.settle(draft.faults.length === 0 && ready.app.detectors.length > 0)

  draft.outcome = 'forwarded'
  draft.fields.status = response.status
  const body = editedBody(spool, judged.spans)
  const headers = responseHeaders(response.headers, draft.id, judged.spans.length > 0)
  const { life } = exchange
  life.wait(runtime.idleMs)
  const given = relay(
    body.stream(),
    () => life.given(),
    (end) => {
      life.rest()
      draft.stage('relay')
      if (end !== 'done') {
        draft.outcome = life.givenUp === undefined || life.givenUp === 'client-gone' ? 'client-aborted' : 'failed'
        const code = codeOf(life.givenUp)
        if (code !== undefined) draft.fields.code = code
      }
      over()
    },
    life.signal,
    () => life.asked(),
  )
  return new Response(given, { status: response.status, headers })
}

function judgeOf(exchange: Exchange, source: Spool, made: Made[]): FileJudge {
  const { draft } = exchange
  const calls: ToolCall[] = []
  draft.toolCalls = calls
  return {
    exchange,
    direction: 'egress',
    source,
    start: 0,
    end: source.size,
    async judge(piece) {
      const { view } = piece
      for (const call of view.toolCalls) if (calls.length < maxCalls) calls.push(call)
      for (const one of view.made ?? []) if (made.length < maxMade) made.push(one)
      draft.usage = summed(draft.usage, view.usage)
      // What tools the model was told of was seen when its requests were sent: what it calls is judged by filters only.
      const told = new Set(view.toolCalls.map(({ name }) => name))
      const judged = await judgeAnswer(exchange, piece satisfies Answered, told)
      return judged.refused ? new Refused('SLUICE_NOT_INSPECTED') : judged
    },
    nested: (found, within) => answerInside(exchange, found, within),
  }
}

/** An answer inside a line, read as the answer of its operation; where nobody has that, as text. */
function answerInside(exchange: Exchange, { nested, body }: Found, within: Piece['within']): Piece {
  const { route: own } = exchange
  const match = routeOfNested(exchange, nested)
  const route = match?.route ?? own
  const request = route.operation.readRequest({ type: 'none' }, exchange.target)
  const view: BodyView = route.operation.readResponse(body, { status: 200, request })
  return { route, body, view, within }
}

function summed(before: Usage | undefined, more: Usage | undefined): Usage | undefined {
  if (before === undefined || more === undefined) return before ?? more
  return {
    inputTokens: (before.inputTokens ?? 0) + (more.inputTokens ?? 0),
    outputTokens: (before.outputTokens ?? 0) + (more.outputTokens ?? 0),
  }
}

async function receive(exchange: Exchange, response: HostResponse): Promise<Spool | Refused> {
  const { life, runtime } = exchange
  const { maxUploadBytes } = runtime.limits
  // It was asked for plain.
  if ((response.headers.get('content-encoding') ?? 'identity').trim().toLowerCase() !== 'identity') {
    return new Refused('SLUICE_UPSTREAM_REFUSED', 'The file came in an encoding that was not asked for.')
  }
  const spool = await exchange.spool()
  if (spool instanceof Refused || response.body === null) return spool
  const reader = response.body.getReader()
  life.wait(runtime.idleMs)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return spool
      life.heard()
      if (spool.size + value.length > maxUploadBytes) {
        life.end('closing')
        return new Refused('SLUICE_UPSTREAM_REFUSED', 'The file is over the limit of this gateway.')
      }
      try {
        await spool.append(value)
      } catch {
        return new Refused('SLUICE_SPOOL_FAILED')
      }
    }
  } catch {
    return lost(life)
  } finally {
    life.rest()
    reader.cancel().catch(() => undefined)
  }
}

function notGiven(refused: Refused): Refused {
  return refused.code === 'SLUICE_NOT_INSPECTED'
    ? new Refused(refused.code, 'The file could not be inspected and was not given.')
    : new Refused('SLUICE_UPSTREAM_REFUSED')
}
