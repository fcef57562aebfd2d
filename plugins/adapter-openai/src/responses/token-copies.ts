import type { Json, JsonPointer, Located } from '@sluice/core'
import { asArray, asObject, asString } from '../json/read.ts'
import type { Reading } from './reading.ts'

/** The log probabilities of an item's content parts, or of the one part that comes alone under the key `content/0`. */
export function readTokens(reading: Reading, value: Json, at: JsonPointer, prefix: string): void {
  const object = asObject(value)
  if (!object) return
  if (prefix !== '') {
    if (prefix.startsWith('content/')) readTokenLists(reading, object['logprobs'], `${at}/logprobs`, prefix)
    return
  }
  for (const [index, part] of (asArray(object['content']) ?? []).entries()) {
    const logprobs = asObject(part)?.['logprobs']
    readTokenLists(reading, logprobs, `${at}/content/${index}/logprobs`, `content/${index}`)
  }
}

/**
 * Tokens joined as they would be read: the chosen ones, which spell out the text of the part, and of the alternatives the
 * first of each position, the second of each, and so on.
 */
export function readTokenLists(reading: Reading, logprobs: Json | undefined, at: JsonPointer, part: string): void {
  const entries = asArray(logprobs) ?? []
  if (entries.length === 0) return
  const lists = new Map<string, Located<string>[]>()
  const add = (list: string, entry: Json, pointer: JsonPointer): void => {
    const token = asString(asObject(entry)?.['token'])
    if (token === undefined || token === '') return
    const tokens = lists.get(list)
    const located = { value: token, place: { pointer } }
    if (tokens === undefined) lists.set(list, [located])
    else tokens.push(located)
  }
  for (const [index, entry] of entries.entries()) {
    add('logprobs', entry, `${at}/${index}/token`)
    for (const [rank, alternative] of (asArray(asObject(entry)?.['top_logprobs']) ?? []).entries()) {
      add(`logprobs/top/${rank}`, alternative, `${at}/${index}/top_logprobs/${rank}/token`)
    }
  }
  reading.copies.push(at)
  for (const [list, pieces] of lists) {
    reading.texts.push({
      key: `${part}/${list}`,
      kind: 'other',
      trust: 'model',
      pieces,
      separator: '',
      repeats: `${part}/text`,
    })
  }
}
