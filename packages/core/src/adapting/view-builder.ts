import type { Located, Place } from '../protocol/place.ts'
import type { SegmentKind, SegmentTrust } from '../protocol/segment.ts'
import type {
  BodyView,
  Finish,
  Made,
  NamedText,
  NestedRequest,
  OpaqueContent,
  Reference,
  ToolCall,
  ToolResult,
  ToolSet,
  Usage,
} from '../protocol/view.ts'

/** What a text may carry besides its words. */
export type TextDetails = Pick<NamedText, 'choice' | 'tool' | 'group' | 'decoded' | 'json'>

/** A view while a body is being read. Readers add to it in the order of the body. */
export class ViewBuilder {
  stream = false
  usage: Usage | undefined
  claimedActor: Located<string> | undefined
  conversation: Located<string> | undefined
  upstreamError: string | undefined
  readonly models: Located<string>[] = []
  readonly texts: NamedText[] = []
  readonly toolSets: ToolSet[] = []
  readonly toolCalls: ToolCall[] = []
  readonly toolResults: ToolResult[] = []
  readonly opaque: OpaqueContent[] = []
  readonly copies: { readonly choice: number; readonly place: Place }[] = []
  readonly finishes: { readonly choice: number; readonly finish: Finish }[] = []
  readonly references: Reference[] = []
  readonly made: Made[] = []
  readonly nested: NestedRequest[] = []
  readonly fetched: Located<string>[] = []
  /** For how many requests it counts. */
  weight: number | undefined
  file: BodyView['file']

  /** Names a text that stands at one place. Empty text is no text. */
  text(kind: SegmentKind, trust: SegmentTrust, place: Place, text: string, details?: TextDetails): void {
    if (text !== '') this.texts.push({ kind, trust, text, sources: [{ place, start: 0 }], ...details })
  }

  /** Names a text that stands in pieces. */
  joined(kind: SegmentKind, trust: SegmentTrust, pieces: readonly Located<string>[], details?: TextDetails): void {
    const sources: { place: Place; start: number }[] = []
    let text = ''
    for (const piece of pieces) {
      if (piece.value === '') continue
      sources.push({ place: piece.place, start: text.length })
      text += piece.value
    }
    if (text !== '') this.texts.push({ kind, trust, text, sources, ...details })
  }

  model(place: Place, value: string | undefined): void {
    if (value !== undefined && value !== '') this.models.push({ value, place })
  }

  /** What an answer says that the provider now keeps. */
  makes(kind: string, id: string | undefined): void {
    if (id !== undefined) this.made.push({ kind, id })
  }

  view(): BodyView {
    return {
      models: this.models,
      stream: this.stream,
      texts: this.texts,
      toolSets: this.toolSets,
      toolCalls: this.toolCalls,
      toolResults: this.toolResults,
      opaque: this.opaque,
      copies: this.copies,
      finishes: this.finishes,
      ...(this.usage && { usage: this.usage }),
      ...(this.claimedActor && { claimedActor: this.claimedActor }),
      ...(this.conversation && { conversation: this.conversation }),
      ...(this.upstreamError !== undefined && { upstreamError: this.upstreamError }),
      ...(this.references.length > 0 && { references: this.references }),
      ...(this.made.length > 0 && { made: this.made }),
      ...(this.nested.length > 0 && { nested: this.nested }),
      ...(this.fetched.length > 0 && { fetched: this.fetched }),
      ...(this.weight !== undefined && this.weight > 1 && { weight: this.weight }),
      ...(this.file !== undefined && { file: this.file }),
    }
  }
}
