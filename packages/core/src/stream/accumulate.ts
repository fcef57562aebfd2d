import type { JsonPointer } from '../protocol/json.ts'
import type { Source } from '../protocol/segment.ts'
import type { BlockKind, Reducer, StreamEvent, StreamLimits } from '../protocol/stream.ts'
import type { BodyView } from '../protocol/view.ts'
import { type AccumulatorState, type Block, isEveryChoiceEnded, viewOf } from './accumulated.ts'

/** An event and the frame it was read from, counted over frames that carry data. */
export interface IndexedEvent {
  readonly frame: number
  readonly event: StreamEvent
}

export interface StreamSnapshot {
  /** What the whole response would have given, except that places name frames and that `copies` is empty. */
  readonly view: BodyView
  /** The provider said that the stream, or every choice that was seen, is complete. */
  readonly ended: boolean
  /** The bound that ended accumulation: `view` holds what came before. */
  readonly limited?: 'max-blocks' | 'max-chars'
  /** Events and UTF-16 units that came after it. */
  readonly dropped: { readonly events: number; readonly chars: number }
}

/** Folds the events of one stream into a view. Holds at most `maxBlocks` blocks and `maxChars` UTF-16 units. */
export function accumulator(limits: StreamLimits): Reducer<AccumulatorState, IndexedEvent, StreamSnapshot> {
  function drop(state: AccumulatorState, limit: 'max-blocks' | 'max-chars', chars: number): void {
    state.limited ??= limit
    state.droppedEvents++
    state.droppedChars += chars
  }

  /** Counts `chars` if there is room and nothing was dropped before: what is kept is a beginning, without gaps. */
  function fits(state: AccumulatorState, chars: number): boolean {
    if (state.limited === undefined && state.chars + chars <= limits.maxChars) {
      state.chars += chars
      return true
    }
    drop(state, 'max-chars', chars)
    return false
  }

  function blockOf(state: AccumulatorState, id: string, kind: BlockKind, chars: number): Block | undefined {
    const known = state.blocks.get(id)
    if (known !== undefined) return known
    if (state.limited !== undefined || state.blocks.size >= limits.maxBlocks) {
      drop(state, 'max-blocks', chars)
      return undefined
    }
    const block: Block = {
      kind,
      choice: 0,
      copyOf: undefined,
      declared: false,
      text: '',
      sources: [],
      name: '',
      nameSources: [],
      callId: undefined,
      tool: undefined,
      group: undefined,
      trust: undefined,
      definition: undefined,
      call: undefined,
    }
    state.blocks.set(id, block)
    return block
  }

  return {
    init: () => ({
      blocks: new Map(),
      models: [],
      finishes: new Map(),
      opaque: new Map(),
      toolSet: undefined,
      made: [],
      usage: undefined,
      upstreamError: undefined,
      streamEnded: false,
      chars: 0,
      limited: undefined,
      droppedEvents: 0,
      droppedChars: 0,
    }),

    step(state, { event, frame }) {
      switch (event.type) {
        case 'block-delta': {
          const { delta, pointer } = event
          const block = blockOf(state, event.block, 'other', delta.length)
          if (block === undefined || delta === '' || !fits(state, delta.length)) break
          block.sources.push(source(frame, pointer, block.text.length))
          block.text += delta
          break
        }
        case 'block-start': {
          const block = blockOf(state, event.block, event.kind, 0)
          if (block === undefined || block.declared) break
          block.declared = true
          block.kind = event.kind
          block.choice = event.choice
          block.copyOf = event.copyOf
          block.tool = event.tool
          block.group = event.group
          block.trust = event.trust
          break
        }
        case 'tool-delta': {
          const { callId = '', name = '', definition = '', pointer } = event
          const block = blockOf(state, event.block, 'tool-arguments', callId.length + name.length)
          if (block === undefined) break
          // Its arguments came first, and nothing has said yet what they are.
          if (!block.declared) block.kind = 'tool-arguments'
          if (block.callId === undefined && callId !== '' && fits(state, callId.length)) block.callId = callId
          if (block.definition === undefined && definition !== '' && fits(state, definition.length)) {
            block.definition = definition
          }
          if (name === '' || !fits(state, name.length)) break
          if (pointer !== '') block.nameSources.push(source(frame, pointer, block.name.length))
          block.name += name
          break
        }
        case 'tool-call': {
          const { call } = event
          const chars = call.callId.length + call.name.length + call.inputText.length
          const block = blockOf(state, event.block, 'tool-arguments', chars)
          if (block !== undefined && fits(state, chars)) block.call = call
          break
        }
        case 'tool-set':
          state.toolSet ??= event.set
          break
        case 'made': {
          const { made } = event
          if (state.made.length >= limits.maxBlocks) drop(state, 'max-blocks', made.id.length)
          else if (fits(state, made.id.length)) state.made.push(made)
          break
        }
        case 'response-start': {
          const { model = '', pointer = '' } = event
          if (model === '' || state.models.some(({ value }) => value === model) || !fits(state, model.length)) break
          state.models.push({ value: model, place: { frame, pointer } })
          break
        }
        case 'content-skip': {
          const { choice, content, reason, pointer } = event
          const key = `${choice}/${content}`
          if (state.opaque.has(key)) break
          if (state.opaque.size >= limits.maxBlocks) drop(state, 'max-blocks', 0)
          else state.opaque.set(key, { place: { frame, pointer }, content, reason })
          break
        }
        case 'response-end':
          if (state.finishes.has(event.choice) || state.finishes.size < limits.maxBlocks) {
            state.finishes.set(event.choice, event.finish)
          } else drop(state, 'max-blocks', 0)
          break
        case 'usage':
          state.usage = event.usage
          break
        case 'upstream-error':
          state.upstreamError ??= event.message
          break
        case 'stream-end':
          state.streamEnded = true
          break
        case 'block-end':
          break
      }
      return state
    },

    snapshot: (state) => ({
      view: viewOf(state),
      ended: state.streamEnded || isEveryChoiceEnded(state),
      ...(state.limited !== undefined && { limited: state.limited }),
      dropped: { events: state.droppedEvents, chars: state.droppedChars },
    }),
  }
}

function source(frame: number, pointer: JsonPointer, start: number): Source {
  return { place: { frame, pointer }, start }
}
