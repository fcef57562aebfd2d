import { parseJson } from '../json/parse.ts'
import type { PatternNode } from '../json/pattern.ts'
import { valueAt } from '../json/pointer.ts'
import { isJsonObject } from '../json/type.ts'
import type { Json, JsonPointer } from '../protocol/json.ts'
import type { DecodedFrame, StreamDecoder, StreamEvent, StreamLimits, WireFrame } from '../protocol/stream.ts'
import type { BodyView, Made } from '../protocol/view.ts'
import { createSseSplitter, type SseFrame } from '../sse/split.ts'
import { accountedIn } from './accounted.ts'
import { accumulator } from './accumulate.ts'
import { type FrameTemplate, frameTemplate } from './template.ts'
import { createUnnamedTexts, type UnnamedText } from './unnamed.ts'

/** What a stream said, up to where it was read. Does not depend on how its bytes were cut. */
export interface StreamReading {
  readonly view: BodyView
  /** Frames that carry data. */
  readonly frames: number
  /** The provider's own end was read: of the stream, or of every choice seen. Else the stream was truncated. */
  readonly ended: boolean
  /** The bound at which reading ended: what came after it is not in `view`. */
  readonly limited?: 'max-frame-bytes' | 'max-blocks' | 'max-chars'
  /** Frames that are no JSON, or JSON that readers take differently. Their text is in `view`, of kind `other`. */
  readonly malformedFrames: number
  /** U+FFFD put in for bytes that are no UTF-8. */
  readonly replaced: number
}

export interface StreamReader {
  push(bytes: Uint8Array): void
  /** The stream has ended, however it did. */
  end(): StreamReading
  /** The reading so far. Costs as much as the text that was read. */
  snapshot(): StreamReading
  /** Of the reading so far what costs nothing. */
  soFar(): { readonly frames: number; readonly made: readonly Made[] }
}

export interface StreamReaderSetup {
  readonly decoder: StreamDecoder
  readonly limits: StreamLimits & { readonly maxDepth: number }
  /** Leaves that the operation passes by, and member names that are the provider's own. */
  readonly ignores: PatternNode<unknown> | undefined
  readonly knownNames: ReadonlySet<string>
  /** False: every frame is parsed. The reading is the same. Default true. */
  readonly templates?: boolean
}

/** How frames like one that was read are read without parsing. */
interface Learned {
  readonly event: string | undefined
  readonly template: FrameTemplate
  readonly deltas: readonly { readonly block: string; readonly pointer: JsonPointer; readonly hole: number }[]
  /** The same in every such frame. */
  readonly unnamed: readonly UnnamedText[]
}

/** Choices alternate, and each needs a template of its own. */
const maxTemplates = 8
/** A stream whose frames never resemble each other is not worth more attempts than this. */
const maxMisses = 16

/** Splits, reads, decodes and accumulates one stream of server-sent events. Throws only what the decoder throws. */
export function createStreamReader(setup: StreamReaderSetup): StreamReader {
  const { decoder, limits } = setup
  const splitter = createSseSplitter(limits)
  const { init, step, snapshot } = accumulator(limits)
  let state = init()
  let frames = 0
  let malformedFrames = 0
  const learned: Learned[] = []
  let taught = 0
  let matched = 0

  const emit = (event: StreamEvent, frame: number): void => {
    state = step(state, { event, frame })
  }
  const unnamedTexts = createUnnamedTexts(setup, emit, () => state.limited !== undefined)

  function readFrame({ event, data, aside }: SseFrame): void {
    const frame = data === undefined ? Math.max(frames - 1, 0) : frames
    if (aside !== undefined) unnamedTexts.note(aside, frame)
    if (data !== undefined) {
      frames++
      if (!readByTemplate(event, data, frame)) readByParsing(event, data, frame)
    } else if (event !== undefined) unnamedTexts.note(event, frame)
  }

  function readByTemplate(event: string | undefined, data: string, frame: number): boolean {
    for (const { event: expected, template, deltas, unnamed } of learned) {
      const contents = expected === event ? template.match(data) : undefined
      if (contents === undefined) continue
      matched++
      for (const { block, pointer, hole } of deltas) {
        emit({ type: 'block-delta', block, delta: contents[hole] ?? '', pointer }, frame)
      }
      for (const text of unnamed) unnamedTexts.add(text, frame)
      return true
    }
    return false
  }

  function readByParsing(event: string | undefined, data: string, index: number): void {
    const strict = parseJson(data, limits.maxDepth)
    // What readers take differently is read as most do, and its text inspected besides.
    const value = strict.ok ? strict.value : parseAnyhow(data)
    const wire: WireFrame = { index, data, value, ...(event !== undefined && { event }) }
    const decoded = decoder.decode(wire)
    const accounted = accountedIn(decoded)
    for (const each of decoded.events) emit(each, index)
    // Streams that name their events say the name again in the data.
    if (event !== undefined && !(isJsonObject(value) && value['type'] === event)) unnamedTexts.note(event, index)
    const unnamed = value === undefined ? [] : unnamedTexts.find(value, accounted, index)
    for (const text of unnamed) unnamedTexts.add(text, index)
    const isMalformed = !strict.ok && data !== '' && !(value === undefined && isClaimedWhole(decoded))
    if (isMalformed) malformedFrames++
    // A bare number is no string of the value, yet where text is streamed as it stands, it is a piece of it.
    if (isMalformed || typeof value === 'number') {
      unnamedTexts.add({ block: 'other:raw', choice: 0, pointer: '', text: data }, index)
    }
    if (strict.ok && setup.templates !== false) learn(wire, strict.value, decoded, unnamed)
  }

  function learn(
    { event, data }: WireFrame,
    value: Json,
    { events, holes }: DecodedFrame,
    unnamed: readonly UnnamedText[],
  ): void {
    if (holes === undefined || taught - matched >= maxMisses) return
    const pointers = new Set<JsonPointer>()
    for (const each of events) {
      // A delta that is not the whole string as it stands cannot be taken from a hole.
      if (each.type !== 'block-delta' || each.delta !== valueAt(value, each.pointer)) return
      pointers.add(each.pointer)
    }
    for (const pointer of holes) pointers.add(pointer)
    if (pointers.size === 0) return
    const order = [...pointers]
    const template = frameTemplate(data, order)
    if (template === undefined) return
    const deltas: Learned['deltas'][number][] = []
    for (const each of events) {
      if (each.type === 'block-delta')
        deltas.push({ block: each.block, pointer: each.pointer, hole: order.indexOf(each.pointer) })
    }
    learned[taught % maxTemplates] = { event, template, deltas, unnamed }
    taught++
  }

  function reading(): StreamReading {
    const { view, ended, limited } = snapshot(state)
    const bound = splitter.limited ? 'max-frame-bytes' : limited
    const { replaced } = splitter
    return { view, frames, ended, ...(bound !== undefined && { limited: bound }), malformedFrames, replaced }
  }

  return {
    push(bytes) {
      for (const frame of splitter.push(bytes)) readFrame(frame)
    },
    end() {
      for (const frame of splitter.end()) readFrame(frame)
      for (const event of decoder.end()) emit(event, Math.max(frames - 1, 0))
      return reading()
    },
    snapshot: reading,
    soFar: () => ({ frames, made: state.made }),
  }
}

/** `[DONE]` and the like. */
function isClaimedWhole({ events, claims = [] }: DecodedFrame): boolean {
  return claims.includes('') || events.some(({ type }) => type === 'stream-end')
}

function parseAnyhow(data: string): Json | undefined {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
