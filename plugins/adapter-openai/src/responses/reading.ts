import type {
  BlockKind,
  JsonPointer,
  Located,
  Made,
  NamedText,
  OpaqueContent,
  Reference,
  SegmentTrust,
  ToolCall,
} from '@sluice/core'
import type { ViewBuilder } from '../view/view-builder.ts'

/** A text of an item. */
export interface ReadText {
  /** Where it stands in its item, the same whole and streamed: `content/0/text`. Copies of one text share it. */
  readonly key: string
  readonly kind: BlockKind
  readonly trust: SegmentTrust
  readonly pieces: readonly Located<string>[]
  /** Stands between the pieces: strings that belong together and are no one text are read line by line. */
  readonly separator: '' | '\n'
  readonly tool?: NamedText['tool']
  readonly group?: string
  /** Decoded from what stands at its place. */
  readonly decoded?: true
  /** Key of the text that this one spells out once more: of no interest where it does just that. */
  readonly repeats?: string
}

export interface ReadCall {
  readonly call: ToolCall
  /** Key of the text that is its input; absent where the input is no single text. */
  readonly input?: string
  readonly name?: JsonPointer
  readonly id?: JsonPointer
}

/** What was found in one item, or in what surrounds the items: for a view where it is whole, for events in a stream. */
export class Reading {
  readonly texts: ReadText[] = []
  readonly calls: ReadCall[] = []
  readonly opaque: OpaqueContent[] = []
  readonly references: Reference[] = []
  /** Addresses from which the provider fetches by itself. */
  readonly fetched: Located<string>[] = []
  readonly made: { readonly made: Made; readonly pointer: JsonPointer }[] = []
  /** Leaves that hold the word expected there. */
  readonly passed: JsonPointer[] = []
  /** Log probabilities that spell out a text of this reading. */
  readonly copies: JsonPointer[] = []

  /** Adds all of it to a view. `choice` is absent in requests. */
  addTo(view: ViewBuilder, choice?: number): void {
    const of = choice === undefined ? {} : { choice }
    const said = new Map<string, string>()
    for (const { call, name } of this.calls) {
      view.toolCalls.push(call)
      const tool = { name: call.name, ...(call.callId !== '' && { callId: call.callId }) }
      if (name !== undefined) view.text('tool-name', 'model', { pointer: name }, call.name, { ...of, tool })
    }
    for (const text of this.texts) {
      const { key, kind, trust, repeats, tool, group, decoded } = text
      const named = joinedText(text)
      said.set(key, named.text)
      if (named.text === '' || (repeats !== undefined && named.text === said.get(repeats))) continue
      const shown = repeats === undefined ? kind : 'other'
      const details = {
        ...of,
        ...(tool && { tool }),
        ...(group !== undefined && { group }),
        ...(decoded && { decoded }),
      }
      view.texts.push({ kind: shown, trust, ...named, ...details })
    }
    view.opaque.push(...this.opaque)
    view.references.push(...this.references)
    view.fetched.push(...this.fetched)
    for (const { made } of this.made) view.made.push(made)
    if (choice !== undefined) for (const pointer of this.copies) view.copies.push({ choice, place: { pointer } })
  }
}

/** A text with the places of its pieces. */
export function joinedText({ pieces, separator }: ReadText): Pick<NamedText, 'text' | 'sources'> {
  const sources: NamedText['sources'][number][] = []
  let text = ''
  for (const { value, place } of pieces) {
    if (value === '') continue
    if (text !== '') text += separator
    sources.push({ place, start: text.length })
    text += value
  }
  return { text, sources }
}
