import { type JsonObject, type JsonPointer, member, type ViewBuilder } from '@sluice/core'
import { readSealed, SEALED } from './sealed.ts'

/** What of a block only the provider can read, sent back to it: the signature of a thought, a thought, a summary. */
export function readSealedBlock(view: ViewBuilder, block: JsonObject, at: JsonPointer): void {
  for (const key of ['signature', 'data', 'encrypted_content']) {
    const sealed = readSealed(block[key])
    if (sealed === undefined) continue
    const place = { pointer: member(at, key) }
    if (sealed.type === 'text') {
      view.text('other', 'user', place, sealed.text, sealed.decoded ? { decoded: true } : {})
      continue
    }
    view.opaque.push({ place, content: 'sealed', reason: SEALED })
    // A signature holds no content of its own: the provider takes none that it did not make for that very thought.
    if (key !== 'signature') view.references.push({ kind: 'sealed', id: sealed.id, place, use: 'input' })
  }
}
