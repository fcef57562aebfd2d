import type { Ignore, JsonObject, JsonPointer, Located } from '@sluice/core'
import { stringLeaves } from '../json/leaves.ts'
import { asObject, elementsOf } from '../json/read.ts'

const SEVERITIES: ReadonlySet<string> = new Set(['safe', 'low', 'medium', 'high'])
const REASON = 'how severe a content filter found it: one of four words; any other value is named and inspected'

/** What Azure's content filter says of prompts and answers, in answers and in frames. */
export const FILTER_IGNORES: readonly Ignore[] = [
  { pointer: '/choices/*/content_filter_results/*/severity', reason: REASON },
  { pointer: '/prompt_filter_results/*/content_filter_results/*/severity', reason: REASON },
  { pointer: '/prompt_annotations/*/content_filter_results/*/severity', reason: REASON },
]

/** What is said of one choice besides how severe it is: where quoted code stands, which list a word is on. */
export function filterTexts(holder: JsonObject, at: JsonPointer): readonly Located<string>[] {
  const results = holder['content_filter_results']
  if (results === undefined) return none
  const texts: Located<string>[] = []
  const from: JsonPointer = `${at}/content_filter_results`
  for (const { pointer, text } of stringLeaves(results, from)) {
    const isSeverity = /^\/[^/]+\/severity$/.test(pointer.slice(from.length)) && SEVERITIES.has(text)
    if (!isSeverity) texts.push({ value: text, place: { pointer } })
  }
  return texts
}

/** The same, of the prompts. */
export function promptFilterTexts(root: JsonObject): readonly Located<string>[] {
  const texts: Located<string>[] = []
  for (const name of ['prompt_filter_results', 'prompt_annotations']) {
    for (const [index, item] of elementsOf(root[name]).entries()) {
      const object = asObject(item)
      if (object) texts.push(...filterTexts(object, `/${name}/${index}`))
    }
  }
  return texts
}

const none: readonly Located<string>[] = []
