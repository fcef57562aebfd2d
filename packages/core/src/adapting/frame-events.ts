import type { JsonPointer } from '../protocol/json.ts'
import type { BlockStart, DecodedFrame, StreamEvent } from '../protocol/stream.ts'

export type StreamBlock = Omit<BlockStart, 'type'>

/** Blocks begun in one stream, and those of them not yet ended. */
export class OpenBlocks {
  readonly #begun = new Set<string>()
  #whole = 0
  readonly #open = new Map<number, string[]>()

  /** The start of a block, the first time it is named. */
  start(block: StreamBlock): StreamEvent | undefined {
    if (this.#begun.has(block.block)) return undefined
    this.#begun.add(block.block)
    const open = this.#open.get(block.choice)
    if (open) open.push(block.block)
    else this.#open.set(block.choice, [block.block])
    return { type: 'block-start', ...block }
  }

  /** A name no other text of this stream has, for one that repeats a block or is of its kind. */
  copyOf(block: string): string {
    return `${block}~${this.#whole++}`
  }

  /** Ends what is open of a choice; of all choices where none is named. */
  end(choice?: number): StreamEvent[] {
    const ended = choice === undefined ? [...this.#open.values()].flat() : (this.#open.get(choice) ?? [])
    if (choice === undefined) this.#open.clear()
    else this.#open.delete(choice)
    return ended.map((block) => ({ type: 'block-end', block }))
  }
}

/** The events of one frame while it is being read. */
export class FrameEvents {
  readonly events: StreamEvent[] = []
  readonly claims: JsonPointer[] = []
  /** What this frame means hangs on more than the texts in it: it can be no template for others. */
  isSingular = false
  readonly #blocks: OpenBlocks

  constructor(blocks: OpenBlocks) {
    this.#blocks = blocks
  }

  push(event: StreamEvent): void {
    this.isSingular = true
    this.events.push(event)
  }

  start(block: StreamBlock): void {
    const start = this.#blocks.start(block)
    if (start) this.push(start)
  }

  /** Appends to a block, which starts it. Empty text is no event. */
  append(block: StreamBlock, delta: string, pointer: JsonPointer): void {
    if (delta === '') return
    this.start(block)
    this.events.push({ type: 'block-delta', block: block.block, delta, pointer })
  }

  /** A text that comes in one piece: a block of its own, whatever came before it. */
  appendWhole(block: StreamBlock, text: string, pointer: JsonPointer): void {
    if (text === '') return
    this.append({ ...block, block: this.#blocks.copyOf(block.block) }, text, pointer)
    this.isSingular = true
  }

  end(choice: number): void {
    for (const event of this.#blocks.end(choice)) this.push(event)
  }

  /** `padding`: strings besides the texts that differ from frame to frame and mean nothing. */
  decoded(padding: readonly JsonPointer[]): DecodedFrame {
    const claims = this.claims.length === 0 ? {} : { claims: this.claims }
    if (this.isSingular || this.events.length === 0) return { events: this.events, ...claims }
    return { events: this.events, ...claims, holes: padding }
  }
}
