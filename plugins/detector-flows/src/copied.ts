import { type Leaf, readingsOf } from './leaves.ts'
import { eachValue, folded, isDestination } from './values.ts'

/** Arguments that say where something goes, whatever form they have. */
const destinationNames =
  /^(?:to|cc|bcc|(?:to|dest|target|recipient|receiver|reply)[_-]?.*|.*(?:recipients?|receivers?|address(?:es)?|e?mails?|ur[li]s?|links?|hosts?|domains?|endpoints?|webhooks?|channels?|accounts?|ibans?|phones?|numbers?|paths?|files?|filename|destinations?|users?|username|usernames))$/i

/** What of the arguments of a call can be known again, by value. */
export interface Known {
  /** The leaf in which each value stands. */
  readonly leaves: ReadonlyMap<string, Leaf>
  /** Those that say where the call goes. */
  readonly destinations: readonly string[]
}

export function knownOf(leaves: readonly Leaf[]): Known {
  const known = new Map<string, Leaf>()
  const destinations: string[] = []
  for (const leaf of leaves) {
    const isNamed = destinationNames.test(leaf.name)
    const values = new Set<string>()
    for (const reading of readingsOf(leaf.text)) {
      eachValue(reading, false, (value) => values.add(value))
      if (isNamed) addWhole(reading, values)
    }
    for (const value of values) if (!known.has(value)) known.set(value, leaf)
    const told = [...values].filter(isDestination)
    const whole = told.length === 0 && isNamed ? wholeOf(leaf.text) : undefined
    destinations.push(...told, ...(whole === undefined ? [] : [whole]))
  }
  return { leaves: known, destinations }
}

/** Of those values, the ones that the texts say too. Linear in the texts. */
export function saidIn(texts: Iterable<string>, known: Known): ReadonlySet<string> {
  const said = new Set<string>()
  for (const text of texts) {
    eachValue(text, true, (value) => {
      if (known.leaves.has(value)) said.add(value)
    })
  }
  return said
}

/** A name of a few words is known as a whole where it says where something goes. */
function addWhole(text: string, values: Set<string>): void {
  const whole = wholeOf(text)
  if (whole !== undefined) values.add(whole)
}

function wholeOf(text: string): string | undefined {
  const words = folded(text).match(/[\p{L}\p{N}]+/gu) ?? []
  const whole = words.join(' ')
  // Shorter words are everybody's.
  return whole.length < 4 || words.length > 5 ? undefined : whole
}
