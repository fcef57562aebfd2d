import { beforeDeadline } from '../inspect/before-deadline.ts'
import type { Fault } from '../inspect/inspection.ts'
import type { LoadedToolFilter } from '../protocol/exchange.ts'
import type { CallContext } from '../protocol/plugin.ts'
import type { ToolCallVerdict, ToolFilterInstance, ToolVerdict } from '../protocol/tool-filter.ts'
import type { ToolCall, ToolDefinition, ToolResult } from '../protocol/view.ts'

/** What the filters together say of one tool, call or result. */
export interface Judgement {
  /** A denial outranks a rewrite, a rewrite an allowance; undefined: all abstained. */
  readonly verdict: ToolCallVerdict | undefined
  /** Who said it. */
  readonly filter: string
  readonly faults: readonly Fault[]
  /** A filter that failed has `onError: refuse`, or nobody waits for its answer any more. */
  readonly refused: boolean
}

type Hook = keyof ToolFilterInstance
type Judged = { define: ToolDefinition; call: ToolCall; result: ToolResult }

/**
 * Asks every filter that has the hook. What a filter answers is not believed: nonsense is a fault. One that was late is
 * noted in `late` and not asked again: what a request holds many of would multiply its time.
 */
export async function judge<H extends Hook>(
  filters: readonly LoadedToolFilter[],
  hook: H,
  subject: Judged[H],
  context: CallContext,
  late: Set<LoadedToolFilter> = new Set(),
): Promise<Judgement> {
  let verdict: ToolCallVerdict | undefined
  let by = ''
  let refused = false
  const faults: Fault[] = []
  for (const filter of filters) {
    if (filter.instance[hook] === undefined || late.has(filter)) continue
    const answer = await ask(filter, hook, subject, context)
    if (answer === 'left') return { verdict: undefined, filter: '', faults, refused: true }
    if (typeof answer === 'string') {
      if (answer === 'SLUICE_PLUGIN_TIMEOUT') late.add(filter)
      faults.push({ plugin: filter.id, hook, code: answer })
      if (filter.onError === 'refuse') refused = true
      continue
    }
    if (rank(answer) > rank(verdict)) {
      verdict = answer
      by = filter.id
    }
  }
  return { verdict, filter: by, faults, refused }
}

async function ask<H extends Hook>(
  { instance, timeoutMs }: LoadedToolFilter,
  hook: H,
  subject: Judged[H],
  context: CallContext,
): Promise<ToolCallVerdict | 'SLUICE_PLUGIN_FAILED' | 'SLUICE_PLUGIN_TIMEOUT' | 'left'> {
  try {
    // The hook and its subject belong together by `Judged`, which the union of hooks cannot express.
    const ask = instance[hook] as (subject: Judged[H], context: CallContext) => ToolVerdict | Promise<ToolVerdict>
    const answer = ask.call(instance, subject, context)
    if (!(answer instanceof Promise)) return isVerdict(answer, hook) ? answer : 'SLUICE_PLUGIN_FAILED'
    let verdict: unknown
    const heard = async (): Promise<void> => {
      verdict = await answer
    }
    const end = await beforeDeadline(heard, timeoutMs, context.signal)
    if (end !== 'done') return end === 'late' ? 'SLUICE_PLUGIN_TIMEOUT' : end
    return isVerdict(verdict, hook) ? verdict : 'SLUICE_PLUGIN_FAILED'
  } catch {
    return 'SLUICE_PLUGIN_FAILED'
  }
}

function rank(verdict: ToolCallVerdict | undefined): number {
  if (verdict === undefined) return -1
  return ['abstain', 'allow', 'rewrite', 'deny'].indexOf(verdict.type)
}

function isVerdict(verdict: unknown, hook: Hook): verdict is ToolCallVerdict {
  if (typeof verdict !== 'object' || verdict === null || !('type' in verdict)) return false
  if (verdict.type === 'deny')
    return 'code' in verdict && typeof verdict.code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(verdict.code)
  if (verdict.type === 'rewrite') return hook === 'call' && 'input' in verdict && isJson(verdict.input)
  return verdict.type === 'allow' || verdict.type === 'abstain'
}

/** Throws where it holds itself: the caller takes that for nonsense too. */
function isJson(value: unknown): boolean {
  return JSON.stringify(value) !== undefined
}
