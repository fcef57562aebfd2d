import { LineReader } from './lines.ts'
import { tokensOf } from './tokens.ts'
import { type Gram, Winnower, type Winnowing } from './winnow.ts'

/** The fingerprinted grams of a whole text. */
export function* gramsOf(text: string, winnowing: Winnowing, renames: boolean): Generator<Gram> {
  const reader = new LineReader()
  const winnower = new Winnower(winnowing)
  for (const line of [...reader.push(text), ...reader.end()]) {
    for (const token of tokensOf(line, renames)) {
      const gram = winnower.push(token)
      if (gram !== undefined) yield gram
    }
  }
}
