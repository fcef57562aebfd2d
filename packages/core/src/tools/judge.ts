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
  /** A filter that failed has `onError: refuse`. */
  readonly refused: boolean
}

type Hook = keyof ToolFilterInstance
type Judged = { define: ToolDefinition; call: ToolCall; result: ToolResult }

/** Asks every filter that has the hook. What a filter answers is not believed: nonsense is a fault. */
export async function judge<H extends Hook>(
  filters: readonly LoadedToolFilter[],
  hook: H,
  subject: Judged[H],
  context: CallContext,
): Promise<Judgement> {
  let verdict: ToolCallVerdict | undefined
  let by = ''
  let refused = false
  const faults: Fault[] = []
  for (const filter of filters) {
    if (filter.instance[hook] === undefined) continue
    const answer = await ask(filter, hook, subject, context)
    if (typeof answer === 'string') {
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
): Promise<ToolCallVerdict | 'SLUICE_PLUGIN_FAILED' | 'SLUICE_PLUGIN_TIMEOUT'> {
  try {
    // The hook and its subject belong together by `Judged`, which the union of hooks cannot express.
    const ask = instance[hook] as (subject: Judged[H], context: CallContext) => ToolVerdict | Promise<ToolVerdict>
    const answer = ask.call(instance, subject, context)
    const verdict = answer instanceof Promise ? await inTime(answer, timeoutMs) : answer
    if (verdict === 'late') return 'SLUICE_PLUGIN_TIMEOUT'
    return isVerdict(verdict) ? verdict : 'SLUICE_PLUGIN_FAILED'
  } catch {
    return 'SLUICE_PLUGIN_FAILED'
  }
}

async function inTime<T>(answer: Promise<T>, timeoutMs: number): Promise<T | 'late'> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), timeoutMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

function rank(verdict: ToolCallVerdict | undefined): number {
  if (verdict === undefined) return -1
  return ['abstain', 'allow', 'rewrite', 'deny'].indexOf(verdict.type)
}

function isVerdict(verdict: unknown): verdict is ToolCallVerdict {
  if (typeof verdict !== 'object' || verdict === null || !('type' in verdict)) return false
  if (verdict.type === 'deny')
    return 'code' in verdict && typeof verdict.code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(verdict.code)
  return verdict.type === 'allow' || verdict.type === 'abstain' || (verdict.type === 'rewrite' && 'input' in verdict)
}
