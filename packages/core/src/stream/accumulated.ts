import type { Json } from '../protocol/json.ts'
import type { Located } from '../protocol/place.ts'
import type { SegmentTrust, Source } from '../protocol/segment.ts'
import type { BlockKind } from '../protocol/stream.ts'
import type { BodyView, Finish, Made, NamedText, OpaqueContent, ToolCall, ToolSet, Usage } from '../protocol/view.ts'
import { orderTexts } from './order.ts'

/** Changed in place by `step`; only `snapshot` reads it. */
export interface AccumulatorState {
  // A Map: blocks are named by decoders, partly after what the provider sends.
  readonly blocks: Map<string, Block>
  readonly models: Located<string>[]
  readonly finishes: Map<number, Finish>
  /** By choice and kind of content. */
  readonly opaque: Map<string, OpaqueContent>
  toolSet: ToolSet | undefined
  readonly made: Made[]
  usage: Usage | undefined
  upstreamError: string | undefined
  streamEnded: boolean
  chars: number
  limited: 'max-blocks' | 'max-chars' | undefined
  droppedEvents: number
  droppedChars: number
}

export interface Block {
  kind: BlockKind
  choice: number
  copyOf: string | undefined
  /** Started by an event of its own, not by its first delta. */
  declared: boolean
  text: string
  readonly sources: Source[]
  name: string
  readonly nameSources: Source[]
  callId: string | undefined
  /** The call it belongs to, where it is none itself. */
  tool: NamedText['tool']
  group: string | undefined
  trust: SegmentTrust | undefined
  definition: string | undefined
  /** The call that came whole in its place. */
  call: ToolCall | undefined
}

/** Blocks of kind `other` may stand outside any choice, so they do not say that there is one. */
export function isEveryChoiceEnded({ blocks, finishes }: AccumulatorState): boolean {
  if (finishes.size === 0) return false
  for (const { kind, choice } of blocks.values()) if (kind !== 'other' && !finishes.has(choice)) return false
  return true
}

export function viewOf(state: AccumulatorState): BodyView {
  const texts: NamedText[] = []
  const toolCalls: ToolCall[] = []
  for (const block of state.blocks.values()) {
    const { choice, text, name, callId = '', definition } = block
    const isCopy = block.copyOf !== undefined
    if (isCopy && text === state.blocks.get(block.copyOf ?? '')?.text) continue
    // Arguments that name their tool once more and say something else are a call like any other.
    const kind = isCopy && name === '' ? 'other' : block.kind
    const isCall = kind === 'tool-arguments' && block.tool === undefined
    const tool = isCall ? { name, ...(callId !== '' && { callId }) } : block.tool
    const trust = block.trust ?? (kind === 'error' || kind === 'tool-result' ? 'external' : 'model')
    const details = { choice, ...(tool && { tool }), ...(block.group !== undefined && { group: block.group }) }
    if (block.call !== undefined) toolCalls.push(block.call)
    else if (isCall) {
      const made = definition === undefined ? {} : { definition }
      toolCalls.push({ callId, name, ...made, choice, input: parsed(text), inputText: text })
    }
    if (block.nameSources.length > 0)
      texts.push({ kind: 'tool-name', trust, text: name, sources: [...block.nameSources], ...details })
    if (text !== '') texts.push({ kind, trust, text, sources: [...block.sources], ...details })
  }
  return {
    models: [...state.models],
    stream: false,
    texts: orderTexts(texts),
    toolSets: state.toolSet === undefined ? [] : [state.toolSet],
    toolCalls: toolCalls.toSorted((a, b) => a.choice - b.choice),
    toolResults: [],
    opaque: [...state.opaque.values()],
    copies: [],
    finishes: Array.from(state.finishes, ([choice, finish]) => ({ choice, finish })).sort(
      (a, b) => a.choice - b.choice,
    ),
    ...(state.usage !== undefined && { usage: state.usage }),
    ...(state.made.length > 0 && { made: [...state.made] }),
    ...(state.upstreamError !== undefined && { upstreamError: state.upstreamError }),
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
