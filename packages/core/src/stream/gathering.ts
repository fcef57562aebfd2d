import type { PatternNode } from '../json/pattern.ts'
import type { Json } from '../protocol/json.ts'
import type { SegmentTrust } from '../protocol/segment.ts'
import type { DecodedFrame, StreamEvent, StreamLimits } from '../protocol/stream.ts'
import { accountedIn } from './accounted.ts'
import { accumulator, type StreamSnapshot } from './accumulate.ts'
import type { AccumulatorState } from './accumulated.ts'
import { createUnnamedTexts, type UnnamedTexts } from './unnamed.ts'

export interface GatheringSetup {
  readonly limits: StreamLimits
  readonly ignores: PatternNode<unknown>
  readonly knownNames: ReadonlySet<string>
}

/** What comes in pieces, each a message of its own, gathered as the frames of a stream are. */
export class Gathering {
  /** Whose words they are. */
  readonly trust: SegmentTrust
  private readonly reduce: ReturnType<typeof accumulator>
  private readonly unnamed: UnnamedTexts
  private state: AccumulatorState
  private texts: Set<string> | undefined

  constructor(trust: SegmentTrust, setup: GatheringSetup) {
    this.trust = trust
    this.reduce = accumulator(setup.limits)
    this.state = this.reduce.init()
    this.unnamed = createUnnamedTexts(setup, this.emit, () => this.state.limited !== undefined)
  }

  add(value: Json, decoded: DecodedFrame, frame: number): void {
    this.texts = undefined
    for (const event of decoded.events) this.emit(event, frame)
    for (const text of this.unnamed.find(value, accountedIn(decoded), frame)) this.unnamed.add(text, frame)
  }

  snapshot(): StreamSnapshot {
    return this.reduce.snapshot(this.state)
  }

  /** Whether one of its texts, as far as they have come, is this one. A call is none until it is whole. */
  has(text: string): boolean {
    if (this.texts === undefined) {
      this.texts = new Set()
      for (const { kind, text } of this.state.blocks.values()) if (kind !== 'tool-arguments') this.texts.add(text)
    }
    return this.texts.has(text)
  }

  private readonly emit = (event: StreamEvent, frame: number): void => {
    this.state = this.reduce.step(this.state, { event, frame })
  }
}
