import type { Json } from '@sluice/core'

export interface Call {
  readonly id: string
  readonly name: string
  readonly input: string
  readonly isCustom?: boolean
}

/** What a model says in one choice. */
export interface Said {
  readonly content?: string
  readonly reasoning_content?: string
  readonly refusal?: string
  readonly calls?: readonly Call[]
}

export interface Spelling {
  /** UTF-16 units of each delta. Default 4. */
  readonly piece?: number
  readonly usage?: Json
}

const head = { id: 'chatcmpl-1', created: 1764150001, model: 'gpt-4o-mini' } as const

export const usage: Json = { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 }

/** The answer whole. */
export function whole(choices: readonly Said[], spelling: Spelling = {}): string {
  return JSON.stringify({
    ...head,
    object: 'chat.completion',
    choices: choices.map(({ calls = [], ...texts }, index) => ({
      index,
      message: {
        role: 'assistant',
        ...texts,
        ...(calls.length === 0 ? {} : { tool_calls: calls.map((call) => ({ ...headOf(call), ...inputOf(call) })) }),
      },
      finish_reason: calls.length === 0 ? 'stop' : 'tool_calls',
    })),
    ...(spelling.usage === undefined ? {} : { usage: spelling.usage }),
  })
}

/** The frames of the same answer as a stream, without the `[DONE]`. */
export function chunks(choices: readonly Said[], { piece = 4, usage }: Spelling = {}): Json[] {
  return [
    ...choices.flatMap((said, index) => choiceChunks(said, index, piece)),
    ...(usage === undefined ? [] : [{ ...head, object: 'chat.completion.chunk', choices: [], usage }]),
  ]
}

/** The frames of one choice. */
export function choiceChunks({ calls = [], ...texts }: Said, index: number, piece: number): Json[] {
  const chunk = (delta: Json, finish_reason: string | null = null): Json => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index, delta, finish_reason }],
  })
  return [
    chunk({ role: 'assistant' }),
    ...Object.entries(texts).flatMap(([name, text]) => pieces(text, piece).map((part) => chunk({ [name]: part }))),
    ...calls.flatMap((call, at) => [
      chunk({ tool_calls: [{ index: at, ...headOf(call), ...inputOf({ ...call, input: '' }) }] }),
      ...pieces(call.input, piece).map((input) =>
        chunk({ tool_calls: [{ index: at, ...inputOf({ isCustom: call.isCustom ?? false, input }) }] }),
      ),
    ]),
    chunk({}, calls.length === 0 ? 'stop' : 'tool_calls'),
  ]
}

export function streamed(choices: readonly Said[], spelling: Spelling = {}): string {
  return `${chunks(choices, spelling).map(frame).join('')}data: [DONE]\n\n`
}

export function frame(value: Json): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

function headOf({ id, isCustom }: Call): { id: string; type: string } {
  return { id, type: isCustom ? 'custom' : 'function' }
}

function inputOf({ name, input, isCustom }: Pick<Call, 'input' | 'isCustom'> & { name?: string }): {
  [key: string]: Json
} {
  const named = name === undefined ? {} : { name }
  return isCustom ? { custom: { ...named, input } } : { function: { ...named, arguments: input } }
}

function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))
}

/** A request for chat whose only words are these. */
export function prompt(content: Json, more: { readonly [name: string]: Json } = {}): { readonly [name: string]: Json } {
  return { model: 'gpt-4o-mini', messages: [{ role: 'user', content }], ...more }
}
