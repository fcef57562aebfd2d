import { judgeResponse } from '../exchange/egress.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { isPending } from '../exchange/pending.ts'
import { observed } from '../exchange/streamed.ts'
import type { Json } from '../protocol/json.ts'
import type { ServerMessage } from '../protocol/socket.ts'
import type { NamedText, ToolCall, Usage } from '../protocol/view.ts'
import { Gathering } from '../stream/gathering.ts'
import { Known } from './known.ts'

type Piece = Extract<ServerMessage, { type: 'piece' }>

/** More at once is nobody's honest session: the oldest is judged as far as it came. */
const maxOpen = 64

/** What is under way in a session, what became of what was, and the consequences of each. */
export class Turns {
  readonly known: Known
  private readonly exchange: Exchange
  private readonly open: Map<string, Gathering> = new Map()
  private readonly calls: ToolCall[] = []
  private readonly usage = { inputTokens: 0, outputTokens: 0 }
  private hasUsage = false
  private isSettled = false

  constructor(exchange: Exchange) {
    this.exchange = exchange
    this.known = new Known(exchange.runtime.limits.maxChars)
  }

  /** A piece was given: its text is gathered. Answers what has to be judged before more is gathered. */
  piece({ of, trust, decoded }: Piece, value: Json, index: number): Promise<void> | undefined {
    let gathering = this.open.get(of)
    let overdue: Promise<void> | undefined
    if (gathering === undefined) {
      const [oldest] = this.open.keys()
      if (this.open.size >= maxOpen && oldest !== undefined) overdue = this.conclude(oldest, false)
      const { route, runtime } = this.exchange
      gathering = new Gathering(trust, { limits: runtime.limits, ...route.response })
      this.open.set(of, gathering)
    }
    gathering.add(value, decoded, index)
    return overdue
  }

  /** Was given, in pieces or whole. */
  hasGiven(text: NamedText): boolean {
    if (this.known.hasText(text)) return true
    for (const gathering of this.open.values()) if (gathering.has(text)) return true
    return false
  }

  /** Takes over from the record what the last judgement has written there for the whole of an exchange. */
  take(): void {
    const { draft, runtime } = this.exchange
    const { toolCalls, usage } = draft
    // The record counts those past its bound itself: one more than it writes is enough for each turn.
    this.calls.push(...toolCalls.slice(0, Math.max(0, runtime.maxRecordedDetections + 1 - this.calls.length)))
    draft.toolCalls = this.calls
    if (usage !== undefined) this.count(usage)
    if (this.hasUsage) draft.usage = this.usage
  }

  /** A response or transcription is complete, or will never be: judged as a stream is when it has ended. */
  async conclude(of: string, answered: boolean): Promise<void> {
    const { exchange } = this
    const gathering = this.open.get(of)
    this.open.delete(of)
    if (gathering !== undefined) await this.judge(gathering)
    const { draft } = exchange
    const inspected = draft.hasRead('egress') && draft.faults.length === 0
    await this.settle(answered && inspected)
  }

  /** Consequences of all that was judged since the last time. */
  async settle(answered: boolean): Promise<void> {
    await this.exchange.settle(answered)
    this.isSettled = true
    this.exchange.nextTurn()
    this.calls.splice(0, this.calls.length, ...this.exchange.draft.toolCalls)
  }

  /** The actor is in quarantine, by this session or another. */
  async isQuarantined(): Promise<boolean> {
    if (this.exchange.quarantines) return true
    const standing = this.exchange.standing()
    return (isPending(standing) ? await standing : standing) !== undefined
  }

  /** The session is over: what is still open is judged as far as it came. */
  async end(): Promise<void> {
    for (const gathering of this.open.values()) await this.judge(gathering)
    this.open.clear()
    // What was settled with the last response is not settled again.
    if (!this.isSettled || this.exchange.isUnsettled) await this.settle(false)
  }

  private async judge(gathering: Gathering): Promise<void> {
    const { exchange, known } = this
    const { view, limited } = gathering.snapshot()
    if (limited !== undefined) exchange.missed('egress', 'stream-limit', limited)
    const texts = view.texts.filter((text) => !this.isJudged(text)).map((text) => spokenBy(text, gathering))
    const toolCalls = view.toolCalls.filter((call) => known.verdictOn(call) === undefined)
    const { decision } = await judgeResponse(exchange, { type: 'none' }, { ...view, texts, toolCalls }, known.tools)
    this.take()
    exchange.decided('EGRESS', decision, observed(decision.action))
    for (const text of texts) if (text.kind !== 'tool-arguments') known.text(text)
  }

  /** A call and its arguments were judged when they were whole. */
  private isJudged(text: NamedText): boolean {
    return (text.kind === 'tool-arguments' || text.kind === 'tool-name') && this.known.hasText(text)
  }

  private count({ inputTokens = 0, outputTokens = 0 }: Usage): void {
    this.hasUsage = true
    this.usage.inputTokens += inputTokens
    this.usage.outputTokens += outputTokens
  }
}

function spokenBy(text: NamedText, { trust }: Gathering): NamedText {
  return text.trust === 'model' ? { ...text, trust } : text
}
