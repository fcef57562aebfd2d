/** The words by which one capability is known. All in their base form, lower case. */
export interface Lexicon {
  /** One word of a name that says it whatever stands around it: `exec`. */
  readonly alone: ReadonlySet<string>
  /** Names that say it as a whole, their words joined by a space: `python`, `apply patch`. */
  readonly names: ReadonlySet<string>
  /** What is done to what. */
  readonly pairs: readonly Pairs[]
  /** Names of inputs that hint at it: `command`. */
  readonly properties: ReadonlySet<string>
  /** Names of inputs that hint at it when one of each list is there: a path and a content. */
  readonly together?: readonly [ReadonlySet<string>, ReadonlySet<string>]
  /** Values of a list that hint at it: languages of a code runner. */
  readonly values?: ReadonlySet<string>
  /** Words that say that it is not so, where the rest leaves it open. */
  readonly unless?: RegExp
  /** A leading reading verb (`fetch`) is part of the deed and weakens nothing. */
  readonly readingActs?: true
}

export interface Pairs {
  readonly verbs: ReadonlySet<string>
  readonly objects: ReadonlySet<string>
  /** 0 to 1; 1 where absent. */
  readonly weight?: number
  /** Could be harmless (any SQL may be a SELECT): `unless` takes it back even where the name says it. */
  readonly open?: true
}

/** A set of the words in a text, so that the lists read as lists. */
export function set(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}

/** Verbs of tools that look, reckon or propose: what they mention is not what they do. */
export const readingVerbs: ReadonlySet<string> = set(`
  get list search find read retrieve view show check count describe explain validate verify lookup look query return
  calculate compute estimate convert parse summarize summarise analyze analyse compare draft suggest recommend preview
  format translate classify detect inspect lint fetch track monitor generate compose review simulate plan display
  determine identify is has can
`)

/** A noun that turns the one before it into its subject: `command history`, `code review`, `refund policy`. */
export const headNouns: ReadonlySet<string> = set(`
  history status log list search review template coverage quality style report count summary doc documentation reference
  analysis completion policy policies detail info information metadata limit statistic stat key version type name id
  preview schema suggestion example help syntax validator checker lookup option setting company
`)

/** What stands before the verb of a sentence: `Use this tool to …`, `Allows you to …`. */
export const openers: ReadonlySet<string> = set(`
  this that the a an tool function use it to can allow you your user agent model help let will for used be able please
  when i we
`)

export const negations: ReadonlySet<string> = set(`
  not never without cannot no nothing nor instead don't doesn't won't can't isn't
`)
