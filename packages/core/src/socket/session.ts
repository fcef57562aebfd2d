import type { Exchange } from '../exchange/exchange.ts'
import { Refused } from '../exchange/refusals.ts'
import { parseJson } from '../json/parse.ts'
import { isJsonObject } from '../json/type.ts'
import type { JsonBody } from '../protocol/body.ts'
import type { SessionReader, Socket, SocketListener, SocketReading } from '../protocol/socket.ts'
import { judgeClient, passesToServer, readMessage } from './client-messages.ts'
import { closeCodes, closedBy, type Ending, endings } from './endings.ts'
import { InTurn } from './in-turn.ts'
import { judgeServer, passesToClient, type Whole } from './server-messages.ts'
import { Turns } from './turns.ts'
import { blocked } from './withheld.ts'

const utf8 = new TextEncoder()

/** Both ends of a WebSocket, and everything that passes between them. One session is one exchange. */
export class Session {
  private readonly exchange: Exchange
  private readonly reading: SocketReading
  private readonly client: Socket
  private readonly upstream: Socket
  private readonly over: () => void
  private readonly reader: SessionReader
  private readonly turns: Turns
  private readonly fromClient: InTurn = new InTurn()
  private readonly fromUpstream: InTurn = new InTurn()
  private messages = 0
  private ended = false

  constructor(exchange: Exchange, reading: SocketReading, client: Socket, upstream: Socket, over: () => void) {
    this.exchange = exchange
    this.reading = reading
    this.client = client
    this.upstream = upstream
    this.over = over
    this.reader = reading.session()
    this.turns = new Turns(exchange)
  }

  begin(): void {
    const { exchange } = this
    const { life, runtime } = exchange
    exchange.beginSession()
    exchange.draft.inSession = true
    // The connection is a socket now, and it is the socket that tells whether the client is gone.
    life.release()
    life.wait(runtime.socketIdleMs)
    life.signal.addEventListener('abort', () => this.end(life.givenUp === 'timeout' ? endings.idle : endings.shutdown))
    if (life.signal.aborted) this.end(endings.shutdown)
    this.client.listen(this.listener('client', this.fromClient, (text) => this.clientSaid(text)))
    this.upstream.listen(this.listener('upstream', this.fromUpstream, (text) => this.upstreamSaid(text)))
  }

  private listener(
    side: 'client' | 'upstream',
    queue: InTurn,
    take: (text: string) => Promise<void> | undefined,
  ): SocketListener {
    const { maxMessageBytes } = this.exchange.runtime.limits
    const { draft, life } = this.exchange
    return {
      message: (text) => {
        if (this.ended) return
        life.heard()
        if (text === undefined) return this.end(side === 'client' ? endings.binary : endings.unreadable)
        // No text is shorter in bytes than in units.
        const bytes = text.length > maxMessageBytes ? text.length : utf8.encode(text).length
        if (side === 'client') draft.requestBytes += bytes
        else draft.responseBytes += bytes
        if (bytes > maxMessageBytes) {
          return this.end(side === 'client' ? endings.tooBig : endings.unreadable)
        }
        if (queue.pending + bytes > 2 * maxMessageBytes) {
          return this.end(side === 'client' ? endings.flooded : endings.unreadable)
        }
        queue.add(bytes, () => this.guarded(() => take(text)))
      },
      close: (code, reason) => {
        // One that is lost is not waited for; one that has said goodbye is, with all it had said before.
        if (code === closeCodes.lost) return this.end(closedBy(side, code, ''))
        queue.add(0, () => this.guarded(() => this.leave(side, code, reason)))
      },
    }
  }

  private async leave(side: 'client' | 'upstream', code: number, reason: string): Promise<void> {
    if (this.ended) return
    const { exchange, turns } = this
    const isPlain =
      side === 'client' ? await passesToServer(exchange, reason) : await passesToClient(exchange, turns, reason)
    this.end(closedBy(side, code, isPlain ? reason : ''))
  }

  private async clientSaid(text: string): Promise<void> {
    if (this.ended) return
    const { exchange, turns, reader } = this
    const body = readMessage(text, exchange)
    if (body instanceof Refused) return this.tell(body, undefined)
    const verdict = await judgeClient(exchange, reader, turns.known, body)
    if (verdict.type === 'given') return this.give(this.upstream, verdict.text)
    this.tell(verdict.refused, body)
    if (verdict.refused === blocked) await turns.settle(false)
    await this.endIfQuarantined()
  }

  private upstreamSaid(text: string): Promise<void> | undefined {
    if (this.ended) return undefined
    const { exchange, turns } = this
    const index = this.messages++
    const parsed = parseJson(text, exchange.runtime.limits.maxDepth)
    if (!parsed.ok || !isJsonObject(parsed.value)) return this.odd(text)
    const body: JsonBody = { type: 'json', text, value: parsed.value }
    const message = this.reader.readServer(body)
    if (message.type === 'whole') return this.whole(body, message)
    this.give(this.client, text)
    return turns.piece(message, body.value, index)
  }

  private async whole(body: JsonBody, message: Whole): Promise<void> {
    const { exchange, turns } = this
    const verdict = await judgeServer(exchange, turns, body, message)
    if (verdict.type === 'given') this.give(this.client, verdict.text)
    else {
      this.tell(verdict.refused, undefined)
      if (verdict.instead !== undefined) this.give(this.client, verdict.instead)
    }
    const { ends } = message
    if (ends !== undefined) await turns.conclude(ends.of, ends.answered && verdict.type === 'given')
    else if (verdict.type === 'given') return
    else await turns.settle(false)
    await this.endIfQuarantined()
  }

  /** No JSON object, or one that readers take differently: no client of this protocol can do anything with it. */
  private async odd(text: string): Promise<void> {
    const { exchange, turns } = this
    if (exchange.ready.couldAct.EGRESS || exchange.ready.app.toolFilters.length > 0) {
      return this.tell(
        new Refused('SLUICE_UPSTREAM_REFUSED', 'A message of the provider could not be read.'),
        undefined,
      )
    }
    exchange.missed('egress', 'malformed-json', 'no JSON object; its text was inspected as it stands')
    if (await passesToClient(exchange, turns, text)) this.give(this.client, text)
  }

  private give(to: Socket, text: string): void {
    if (this.ended) return
    to.send(text)
    if (to.unsent <= 2 * this.exchange.runtime.limits.maxMessageBytes) return
    this.end(to === this.client ? endings.clientLost : endings.upstreamSlow)
  }

  private tell(refused: Refused, of: JsonBody | undefined): void {
    const { runtime } = this.exchange
    const denial = { code: refused.code, message: refused.text, id: runtime.host.randomId(20) }
    this.give(this.client, this.reading.refuse({ ...denial, ...(of === undefined ? {} : { of }) }))
  }

  private async endIfQuarantined(): Promise<void> {
    if (!this.ended && (await this.turns.isQuarantined())) this.end(endings.quarantined)
  }

  private guarded(work: () => Promise<void> | undefined): Promise<void> | undefined {
    const failed = (): void => {
      // Whatever it was, nothing more passes. The error's text may hold what must not be logged.
      this.exchange.runtime.log.error('a session failed', { exchange: this.exchange.draft.id })
      this.end(endings.failed)
    }
    try {
      return work()?.catch(failed)
    } catch {
      failed()
      return undefined
    }
  }

  /** From now on nothing passes. What is being judged is judged to its end, and recorded. */
  private end(ending: Ending): void {
    if (this.ended) return
    this.ended = true
    const { draft, life } = this.exchange
    this.fromClient.stop()
    this.fromUpstream.stop()
    life.rest()
    this.client.close(ending.client, ending.reason)
    this.upstream.close(ending.upstream, ending.client === ending.upstream ? ending.reason : '')
    draft.outcome = ending.outcome
    if (ending.code !== undefined) draft.fields.code = ending.code
    draft.inSession = false
    draft.stage('relay')
    void this.conclude().finally(this.over)
  }

  private async conclude(): Promise<void> {
    const { exchange, fromClient, fromUpstream } = this
    const { draft, runtime } = exchange
    exchange.detach()
    try {
      await Promise.all([fromClient.idle(), fromUpstream.idle()])
      await this.turns.end()
      draft.stage('detect')
    } catch {
      draft.missed('egress', 'gateway-failed', 'SLUICE_INTERNAL')
      draft.faults.push({ plugin: 'sluice', hook: 'session', code: 'SLUICE_INTERNAL' })
      runtime.log.error('the end of a session could not be inspected', { exchange: draft.id })
    }
  }
}
