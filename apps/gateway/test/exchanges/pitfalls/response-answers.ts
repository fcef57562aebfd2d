import type { Json } from '@sluice/core'

type Item = { readonly [name: string]: Json }

const head = { id: 'resp_1', object: 'response', created_at: 1764150001, model: 'gpt-4o-mini' }

/** A response whose output is these items, whole. */
export function wholeResponse(items: readonly Item[]): string {
  return JSON.stringify({ ...head, status: 'completed', output: items.map(numbered) })
}

/** The same as a stream: each text in pieces, then whole in its item, then once more in the response. */
export function streamedResponse(items: readonly Item[], piece = 4): string {
  const output = items.map(numbered)
  const events: Item[] = [{ type: 'response.created', response: { ...head, status: 'in_progress', output: [] } }]
  for (const [output_index, item] of output.entries()) {
    const empty = Object.fromEntries(Object.entries(item).map(([name, value]) => [name, emptied(name, value)]))
    events.push({ type: 'response.output_item.added', output_index, item: empty })
    for (const { event, text, place } of textsOf(item)) {
      for (let from = 0; from < text.length; from += piece) {
        events.push({ type: `response.${event}.delta`, output_index, ...place, delta: text.slice(from, from + piece) })
      }
    }
    events.push({ type: 'response.output_item.done', output_index, item })
  }
  events.push({ type: 'response.completed', response: { ...head, status: 'completed', output } })
  return events
    .map((event, at) => `event: ${event['type']}\ndata: ${JSON.stringify({ ...event, sequence_number: at })}\n\n`)
    .join('')
}

function numbered(item: Item, index: number): Item {
  return { id: `item_${index}`, call_id: `call_${index}`, status: 'completed', ...item }
}

const inputs: Readonly<Record<string, string>> = {
  arguments: 'function_call_arguments',
  input: 'custom_tool_call_input',
  code: 'code_interpreter_call_code',
}
const parts: Readonly<Record<string, string>> = {
  text: 'output_text',
  refusal: 'refusal',
}

function emptied(name: string, value: Json): Json {
  if (name in inputs) return ''
  return name === 'content' || name === 'summary' ? [] : value
}

interface Streamed {
  readonly event: string
  readonly text: string
  readonly place: Item
}

function textsOf(item: Item): Streamed[] {
  const texts: Streamed[] = Object.entries(inputs).flatMap(([name, event]) => {
    const text = item[name]
    return typeof text === 'string' ? [{ event, text, place: {} }] : []
  })
  // Written by tests: lists of parts with a text each.
  for (const [content_index, part] of ((item['content'] ?? []) as Item[]).entries()) {
    for (const [name, event] of Object.entries(parts)) {
      const text = part[name]
      if (typeof text !== 'string') continue
      const kind = part['type'] === 'reasoning_text' ? 'reasoning_text' : event
      texts.push({ event: kind, text, place: { content_index } })
    }
  }
  for (const [summary_index, part] of ((item['summary'] ?? []) as Item[]).entries()) {
    texts.push({ event: 'reasoning_summary_text', text: String(part['text']), place: { summary_index } })
  }
  return texts
}
