import type { BlockKind, Json, JsonObject, JsonPointer, Made } from '@sluice/core'

/** What one place of an answer holds. Whole answers and streams are read into the same pieces, so they mean the same. */
export type Piece =
  /** A stretch of what the model says or thinks: all stretches of an answer are one text. */
  | {
      readonly type: 'said'
      readonly kind: 'assistant' | 'reasoning'
      readonly text: string
      readonly pointer: JsonPointer
    }
  /** A text of its own. `decoded`: it was decoded from what stands there. */
  | {
      readonly type: 'text'
      readonly kind: BlockKind
      readonly text: string
      readonly decoded?: boolean
      readonly pointer: JsonPointer
    }
  /** Content that cannot be read as text. */
  | { readonly type: 'skip'; readonly content: string; readonly reason: string; readonly pointer: JsonPointer }
  | { readonly type: 'model'; readonly name: string; readonly pointer: JsonPointer }
  | { readonly type: 'made'; readonly made: Made; readonly pointer: JsonPointer }
  | CallPiece

/** A call of a tool, with its input as far as it has come. */
export interface CallPiece {
  readonly type: 'call'
  readonly callId: string
  readonly name: string
  readonly definition: string | undefined
  readonly input: Json | undefined
  /** Of the block. */
  readonly pointer: JsonPointer
}

/** Hosted tools whose calls go by the names of their parts. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['bash_code_execution', 'code_execution'],
  ['text_editor_code_execution', 'code_execution'],
])

/** The definition that a call was made under, where that is not the call's own name. */
export function definitionOf(block: JsonObject, name: string): string | undefined {
  for (const holder of ['server_name', 'toolset_name']) {
    const named = block[holder]
    if (typeof named === 'string' && named !== '') return named
  }
  return block['type'] === 'server_tool_use' ? PARTS.get(name) : undefined
}
