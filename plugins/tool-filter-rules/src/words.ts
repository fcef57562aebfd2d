import { headNouns, negations, openers, readingVerbs, set } from './lexicon.ts'
import { lexicons } from './lexicons.ts'

const parts = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+(?:['’]\p{Ll}+)?|\p{Lo}+|\p{N}+/gu
const sentenceEnds = /[.!?;](?=\s|$)|\n+/u

/** Every word that some rule knows, in its base form. */
const vocabulary: ReadonlySet<string> = new Set([
  ...[headNouns, negations, openers, readingVerbs, set('and then or')].flatMap((words) => [...words]),
  ...Object.values(lexicons).flatMap(({ alone, pairs }) => [
    ...alone,
    ...pairs.flatMap(({ verbs, objects }) => [...verbs, ...objects]),
  ]),
])

/** `sendHTTPRequest`, `send_http_request` and `send-http-request` are all send, http, request. */
export function wordsOf(text: string): string[] {
  return (text.normalize('NFKC').match(parts) ?? []).map((word) => word.toLowerCase().replace('’', "'"))
}

/** The words of a text as the rules know them: in their base form, and empty where no rule knows them. */
export function knownWords(text: string): string[] {
  return wordsOf(text).map(baseForm)
}

/** Known words, sentence by sentence. A dot inside a word (`Node.js`) ends nothing. */
export function knownSentences(text: string): string[][] {
  return text.split(sentenceEnds).map(knownWords)
}

/** Undoes -s and -ing. Not -ed: "messages posted by a user" posts nothing. */
function baseForm(word: string): string {
  return forms(word).find((form) => vocabulary.has(form)) ?? ''
}

function forms(word: string): string[] {
  if (vocabulary.has(word)) return [word]
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`]
  if (word.endsWith('s')) return [word.slice(0, -1), word.slice(0, -2)]
  if (!word.endsWith('ing')) return []
  const stem = word.slice(0, -3)
  return [stem, `${stem}e`, stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem]
}
