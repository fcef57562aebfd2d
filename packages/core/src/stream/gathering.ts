import type { PatternNode } from '../json/pattern.ts'
import type { Json } from '../protocol/json.ts'
import type { SegmentTrust } from '../protocol/segment.ts'
import type { DecodedFrame, StreamEvent, StreamLimits } from '../protocol/stream.ts'
import type { NamedText } from '../protocol/view.ts'
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

  constructor(trust: SegmentTrust, setup: GatheringSetup) {
    this.trust = trust
    this.reduce = accumulator(setup.limits)
    this.state = this.reduce.init()
    this.unnamed = createUnnamedTexts(setup, this.emit, () => this.state.limited !== undefined)
  }

  add(value: Json, decoded: DecodedFrame, frame: number): void {
    for (const event of decoded.events) this.emit(event, frame)
    for (const text of this.unnamed.find(value, accountedIn(decoded), frame)) this.unnamed.add(text, frame)
  }

  snapshot(): StreamSnapshot {
    return this.reduce.snapshot(this.state)
  }

  /** Whether one of its texts, as far as they have come, is this one. The arguments of a call are none until they are whole. */
  has({ kind, text }: NamedText): boolean {
    if (kind === 'tool-arguments') return false
    for (const block of this.state.blocks.values()) {
      // Their lengths first: a text that was put together of many pieces is dear to compare.
      if (block.kind === kind && block.text.length === text.length && block.text === text) return true
    }
    return false
  }

  private readonly emit = (event: StreamEvent, frame: number): void => {
    this.state = this.reduce.step(this.state, { event, frame })
  }
}
