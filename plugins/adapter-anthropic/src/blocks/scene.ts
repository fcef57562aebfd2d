import type { Json, JsonObject, JsonPointer, ViewBuilder } from '@sluice/core'
import type { Voice } from './voice.ts'

/** What the reading of one block needs to know of the request around it. */
export interface Scene {
  /** Names of the calls so far, by call id. */
  readonly calls: Map<string, string>
  /** How the inputs of calls are spelled in the body. */
  readonly spelled: ReadonlyMap<JsonPointer, string>
  /** Reads content that stands within: a string or blocks. Returns the text that was read. */
  content(view: ViewBuilder, voice: Voice, content: Json | undefined, at: JsonPointer): string
  /** Reads one block of such content. `group` names the texts that whoever reads them joins. */
  block(view: ViewBuilder, voice: Voice, block: JsonObject, at: JsonPointer, group: string): string
}
