import { DataSet, englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity'
import type { ContentType } from './types.ts'

export interface Word {
  readonly type: ContentType
  readonly start: number
  readonly end: number
  /** 0 to 1. */
  readonly weight: number
}

/** The library's entries by what they are; those that are not named mean too much else (hooker, abo, negro, sex, vagina). */
const entries: Readonly<Record<string, readonly [type: ContentType, weight: number]>> = {
  ...entriesOf('CONTENT_HATE', 0.8, 'abeed africoon arabush boonga chingchong kike nigger'),
  ...entriesOf('CONTENT_HATE', 0.5, 'chink fag tranny retard'),
  ...entriesOf(
    'CONTENT_SEXUAL',
    0.6,
    'blowjob buttplug cum deepthroat dildo fellatio gangbang handjob hentai jizz porn',
  ),
  ...entriesOf('CONTENT_SEXUAL', 0.45, 'masturbate'),
  ...entriesOf('CONTENT_PROFANITY', 0.9, 'bitch bollocks cunt fuck shit whore slut twat'),
  ...entriesOf('CONTENT_PROFANITY', 0.6, 'arse ass bastard cock dick piss prick pussy tit turd wank'),
}
/** Also found within a word: bullshit, motherfucker. */
const anywhere: ReadonlySet<string> = new Set(['fuck', 'shit', 'bitch', 'cunt', 'nigger', 'porn'])
const ends =
  /^(?:|s|es|ed|er|ers|ing|in|y|ie|ies|t|off|ation|ating|ate|hole|holes|head|heads|face|hat|wipe|got|gots|bag)$/
const innocent =
  /^(?:Dicks?|dickens|cocker|cocks?in|titan|titer|tit[ly]\w*|shiitake|shitake|passer|arsed|pricking|pricked|cuming|asss?et\w*)$/i

/** One matcher an entry, and what a word must hold to be worth asking it: its consonants in order, with little between. */
const lists = Object.entries(entries).map(([word, entry]) => {
  const dataset = new DataSet<{ originalWord: string }>()
    .addAll(englishDataset)
    .removePhrasesIf(({ metadata }) => metadata?.originalWord !== word)
  const letters = [...word].filter((letter, at) => at === 0 || (!/[aeiou]/.test(letter) && letter !== word[at - 1]))
  return {
    ...{ entry, isAnywhere: anywhere.has(word) },
    stem: new RegExp(letters.join('[^ ]{0,2}')),
    matcher: new RegExpMatcher({ ...dataset.build(), ...englishRecommendedTransformers }),
  }
})
/** Letters, and what stands for them; or single letters with one sign between them. */
const token =
  /(?<![\w@$])(?:[A-Za-z](?:[ .*_-][A-Za-z]){2,12}(?![\w])|[A-Za-z@$][A-Za-z0-9@$!*]{1,22}[A-Za-z0-9@$])(?![\w@$])/g
const standIns: Readonly<Record<string, string>> = {
  ...{ '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', '5': 's', $: 's', '6': 'g', '7': 't' },
}
const mostKnown = 20_000
/** What a word is, by its spelling: the library takes some 10 µs for each, and texts repeat their words. */
const known = new Map<string, readonly [type: ContentType, weight: number] | undefined>()

/** Words of the list in the text, disguised or not. */
export function profanityIn(text: string): readonly Word[] {
  const words: Word[] = []
  for (const { 0: spelling, index } of text.matchAll(token)) {
    const said = meaningOf(spelling)
    if (said !== undefined) words.push({ type: said[0], weight: said[1], start: index, end: index + spelling.length })
  }
  return words
}

function meaningOf(spelling: string): readonly [ContentType, number] | undefined {
  if (known.has(spelling)) return known.get(spelling)
  if (known.size >= mostKnown) known.clear()
  const meaning = lookUp(
    /^[A-Za-z](?:[ .*_-][A-Za-z])+$/.test(spelling) ? spelling.replace(/[^A-Za-z]/g, '') : spelling,
  )
  known.set(spelling, meaning)
  return meaning
}

function lookUp(word: string): readonly [ContentType, number] | undefined {
  // Codes, not words: as many digits as letters, or capitals within.
  if (innocent.test(word) || (word.match(/\d/g) ?? []).length * 3 > word.length || /[a-z][A-Z]/.test(word))
    return undefined
  const plain = plainOf(word)
  for (const { entry, isAnywhere, stem, matcher } of lists) {
    if (!stem.test(plain)) continue
    for (const match of matcher.getAllMatches(word)) {
      const rest = word
        .slice(match.endIndex + 1)
        .toLowerCase()
        .replace(/[^a-z]+$/, '')
      if (match.matchLength > 2 && (isAnywhere || (match.startIndex === 0 && ends.test(rest)))) return entry
    }
  }
  return undefined
}

function plainOf(word: string): string {
  return word
    .toLowerCase()
    .replace(/[^a-z]/g, (sign) => standIns[sign] ?? '')
    .replace(/(.)\1+/g, '$1')
}

function entriesOf(
  type: ContentType,
  weight: number,
  words: string,
): Readonly<Record<string, readonly [type: ContentType, weight: number]>> {
  return Object.fromEntries(words.split(' ').map((word) => [word, [type, weight]]))
}
