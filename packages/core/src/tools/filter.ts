import type { Fault } from '../inspect/inspection.ts'
import type { LoadedToolFilter } from '../protocol/exchange.ts'
import type { Edit, Place } from '../protocol/place.ts'
import type { CallContext } from '../protocol/plugin.ts'
import type { BodyView, ToolDefinition, ToolSet } from '../protocol/view.ts'
import { judge } from './judge.ts'
import { toldBy } from './told-by.ts'

export interface Filtered {
  /** Removals that leave `tool_choice` and its kin consistent with the tools that stay. */
  readonly edits: readonly Edit[]
  readonly removed: readonly { readonly tool: ToolDefinition; readonly code: string; readonly filter: string }[]
  /** What calls of the tools that the model will know are told by. */
  readonly forwarded: ReadonlySet<string>
  readonly faults: readonly Fault[]
  readonly refused: boolean
}

/** Of a request without tools: nothing has to be asked, and nothing waited for. */
export const nothingFiltered: Filtered = { edits: [], removed: [], forwarded: new Set(), faults: [], refused: false }

/** Decides which tool definitions leave a request. What stays is not touched. */
export async function filterTools(
  view: BodyView,
  filters: readonly LoadedToolFilter[],
  context: CallContext,
): Promise<Filtered> {
  const edits: Edit[] = []
  const removed: { tool: ToolDefinition; code: string; filter: string }[] = []
  const forwarded = new Set<string>()
  const faults: Fault[] = []
  const late = new Set<LoadedToolFilter>()
  for (const set of view.toolSets) {
    const gone = new Set<ToolDefinition>()
    for (const tool of set.tools) {
      const judgement = await judge(filters, 'define', tool, context, late)
      faults.push(...judgement.faults)
      if (judgement.refused) return { edits: [], removed, forwarded, faults, refused: true }
      if (judgement.verdict?.type === 'deny') {
        gone.add(tool)
        removed.push({ tool, code: judgement.verdict.code, filter: judgement.filter })
      } else forwarded.add(toldBy(tool))
    }
    if (gone.size > 0) edits.push(...removals(set, gone))
  }
  return { edits, removed, forwarded, faults, refused: false }
}

/** A name that two definitions of one request share: which of them a call means could not be told. */
export function repeatedTool(view: BodyView): string | undefined {
  const seen = new Set<string>()
  for (const set of view.toolSets) {
    if (set.inConversation) continue
    for (const tool of set.tools) {
      if (tool.type === 'hosted') continue
      const name = toldBy(tool)
      if (seen.has(name)) return name
      seen.add(name)
    }
  }
  return undefined
}

function removals(set: ToolSet, gone: ReadonlySet<ToolDefinition>): readonly Edit[] {
  if (gone.size === set.tools.length && !set.inConversation) return [set.place, ...set.dependents].map(removal)
  const held = new Set<string>()
  for (const tool of set.tools) if (tool.within && !gone.has(tool)) held.add(tool.within.pointer)
  const edits: Edit[] = []
  for (const { place, within } of gone) {
    // What holds nothing any more goes; that it is named several times is one removal.
    edits.push(removal(within === undefined || held.has(within.pointer) ? place : within))
  }
  const names = new Set([...gone].map(toldBy))
  for (const choice of set.choices) {
    const lost = choice.names.filter((name) => names.has(name.value))
    if (lost.length === 0) continue
    if (lost.length === choice.names.length) edits.push(removal(choice.container))
    else edits.push(...lost.map((name) => removal(name.place)))
  }
  return edits
}

function removal(place: Place): Edit {
  return { type: 'remove', place }
}
