import { headNouns, type Lexicon, negations, openers, readingVerbs } from './lexicon.ts'
import type { ToolWords } from './tool-words.ts'

/** A tool has a capability when the evidence for it adds up to this. */
export const threshold = 1

const weights = {
  /** The name says it: a word, the whole, or a deed and its object. */
  name: 1,
  /** The first sentence of the description says it. */
  firstSentence: 1,
  laterSentence: 0.5,
  /** An input can choose it: `action: write`. */
  action: 1,
  /** Inputs hint at it, or their descriptions do. */
  properties: 0.5,
  /** "read-only" and the like. */
  unless: -1,
  /** Factor for what a reading tool mentions: `get_payment`, "Lists messages sent to …". */
  reading: 0.4,
}

/** Words between a deed and its object: "run a given shell command". */
const reach = 6

/** Each source counts once, with the strongest that it says. */
export function evidence(tool: ToolWords, lexicon: Lexicon): number {
  const named = nameEvidence(tool.name, tool.wholeName, lexicon)
  if (named.weight >= threshold && !named.open) return named.weight
  const described = tool.sentences.reduce((strongest, words, index) => {
    const weight = index === 0 ? weights.firstSentence : weights.laterSentence
    return Math.max(strongest, weight * sentenceEvidence(words, lexicon))
  }, 0)
  const sum = named.weight + described + actionEvidence(tool, lexicon) + propertyEvidence(tool, lexicon)
  return lexicon.unless?.test(tool.description) ? sum + weights.unless : sum
}

interface Said {
  readonly weight: number
  /** It could be meant harmlessly. */
  readonly open: boolean
}

function nameEvidence(words: readonly string[], whole: string, lexicon: Lexicon): Said {
  const isReading = readingVerbs.has(words[0] ?? '') && lexicon.readingActs === undefined
  const factor = weights.name * (isReading ? weights.reading : 1)
  const isSubject = (index: number) => headNouns.has(words[index + 1] ?? '')
  const alone = words.some((word, index) => lexicon.alone.has(word) && !isSubject(index))
  if (alone || lexicon.names.has(whole)) return { weight: factor, open: false }
  let strongest: Said = { weight: 0, open: false }
  for (const { verbs, objects, weight = 1, open = false } of lexicon.pairs) {
    // In a name the object may come first: `email_send`, `postgres_execute`.
    const verb = words.findIndex((word) => verbs.has(word))
    const object = words.findIndex((word, index) => {
      if (index === verb || !objects.has(word)) return false
      // `web_search` is a deed, `web_search_settings` and `command_history` are not.
      return index + 1 === verb ? !isSubject(verb) : !isSubject(index)
    })
    if (verb >= 0 && object >= 0 && weight * factor > strongest.weight) strongest = { weight: weight * factor, open }
  }
  return strongest
}

/** A deed followed by its object, the weightiest of the sentence. */
function sentenceEvidence(words: readonly string[], lexicon: Lexicon): number {
  const opening = words.find((word) => word === '' || !openers.has(word)) ?? ''
  const isReading = readingVerbs.has(opening) && lexicon.readingActs === undefined
  let strongest = 0
  for (const [index, word] of words.entries()) {
    if (word === '') continue
    for (const { verbs, objects, weight = 1 } of lexicon.pairs) {
      if (weight <= strongest || !verbs.has(word) || !hasObject(words, index, objects) || isNegated(words, index))
        continue
      // "Finds the thread and sends a reply": the second deed is done too.
      const acts = !isReading || ['and', 'then', 'or'].includes(words[index - 1] ?? '')
      strongest = Math.max(strongest, weight * (acts ? 1 : weights.reading))
    }
  }
  return strongest
}

function hasObject(words: readonly string[], verb: number, objects: ReadonlySet<string>): boolean {
  for (let at = verb + 1; at <= verb + reach && at < words.length; at++) {
    if (objects.has(words[at] ?? '') && !headNouns.has(words[at + 1] ?? '')) return true
  }
  return false
}

function isNegated(words: readonly string[], verb: number): boolean {
  return words.slice(Math.max(0, verb - 3), verb).some((word) => negations.has(word))
}

/** `filesystem` with `action: read | write`: each value is read as the deed of the name's object. */
function actionEvidence(tool: ToolWords, lexicon: Lexicon): number {
  const says = tool.actions.some(
    (words) =>
      nameEvidence(words, words.join(' '), lexicon).weight >= threshold ||
      nameEvidence([...words, ...tool.name], '', lexicon).weight >= threshold,
  )
  return says ? weights.action : 0
}

function propertyEvidence(tool: ToolWords, lexicon: Lexicon): number {
  const has = (names: ReadonlySet<string>) => [...names].some((name) => tool.properties.has(name))
  const hinted =
    has(lexicon.properties) ||
    lexicon.together?.every(has) === true ||
    tool.values.some((value) => lexicon.values?.has(value.toLowerCase()) === true) ||
    tool.hints.some((words) => sentenceEvidence(words, lexicon) >= threshold)
  return hinted ? weights.properties : 0
}
