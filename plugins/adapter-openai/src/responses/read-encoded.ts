import { readBytes, readKeptId, readReference } from '../content/read-reference.ts'
import type { Voice } from '../content/voice.ts'
import type { Leaf } from '../json/leaves.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import type { ItemContext } from './read-item.ts'
import type { Reading } from './reading.ts'

/**
 * A leaf that carries or names something else than its own words: images, files, what only the provider can open. True
 * where it was one.
 */
export function readEncodedLeaf(
  reading: Reading,
  { pointer, text }: Leaf,
  key: string,
  voice: Voice,
  type: string,
  { side }: ItemContext,
): boolean {
  const name = key.slice(key.lastIndexOf('/') + 1)
  const place = { pointer }
  const view = new ViewBuilder()
  switch (name) {
    case 'encrypted_content':
      readBytes(view, OTHER, place, text, 'sealed')
      // It is known again by what it is: only the provider can make one.
      if (side === 'answer') reading.made.push({ made: { kind: 'sealed', id: text }, pointer })
      else view.references.push({ kind: 'sealed', id: text, place, use: 'input' })
      break
    case 'image_url':
      readReference(view, voice, place, text, 'image')
      break
    case 'file_url':
      readReference(view, voice, place, text, 'file')
      break
    case 'file_data':
      readBytes(view, voice, place, text, 'file')
      break
    case 'data':
      readBytes(view, voice, place, text, 'audio')
      break
    case 'url':
      // Where a picture that a tool made can be looked at: nobody fetches it by itself.
      if (!key.startsWith('outputs/') || !/^data:/i.test(text)) return false
      readReference(view, voice, place, text, 'image')
      break
    case 'result':
      if (type !== 'image_generation_call') return false
      readBytes(view, voice, place, text, 'image')
      break
    case 'container_id':
      if (side === 'answer') {
        // Where the call is sent back, its container is used again.
        if (type === 'code_interpreter_call') reading.made.push({ made: { kind: 'container', id: text }, pointer })
        return false
      }
      readKeptId(view, voice, place, text, 'container')
      break
    case 'file_id':
      if (side === 'answer') return false
      // What was found in a file stands beside its id: the file itself is not read again.
      if (type === 'file_search_call') view.text('other', voice.trust, place, text, voice.details)
      else readKeptId(view, voice, place, text)
      break
    default:
      return false
  }
  if (side === 'request') reading.fetched.push(...view.fetched)
  for (const { kind: _, sources: __, ...named } of view.texts) {
    const { trust, decoded, tool } = named
    const found = decoded ? voice.kind : 'other'
    reading.texts.push({
      key,
      // A voice of an item has one of the kinds that a stream has.
      kind: found as 'other',
      trust,
      pieces: [{ value: named.text, place }],
      separator: '',
      ...(tool && { tool }),
      ...(decoded && { decoded }),
    })
  }
  reading.opaque.push(...view.opaque)
  reading.references.push(...view.references)
  return true
}

const OTHER: Voice = { kind: 'other', trust: 'model' }
