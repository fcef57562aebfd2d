/** How many words a value has, whose blanks are `+`, `%20` or real ones. Scripts without blanks count two letters a word. */
export function proseWords(text: string): number {
  const alphabetic = text.split(/[\s+]+/, 200).filter((word) => /^["'(]?\p{L}[\p{L}'’-]*[.,;:!?)"']{0,2}$/u.test(word))
  const dense = text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu)?.length ?? 0
  return alphabetic.length + Math.floor(dense / 2)
}

/** Whether most of what blanks part are words: code and queries have others too. */
export function mostlyWords(text: string): boolean {
  return proseWords(text) / text.split(/[\s+]+/, 200).length >= 0.6
}

/** How many words a value has that joins them by dashes, underscores or dots. */
export function slugWords(text: string): number {
  return text.split(/[-_.~|,:]+/, 200).filter((word) => /^\p{L}{2,20}$/u.test(word)).length
}

const subject =
  '(?:pass(?:word|wd|code|phrase)|pwd|secret|ssn|social[-_+ .]?security(?:[-_+ .]?number)?|api[-_+ .]?key|access[-_+ .]?(?:key|token)|auth[-_+ .]?token|private[-_+ .]?key|credit[-_+ .]?card(?:[-_+ .]?number)?|card[-_+ .]?number|cvv|pin[-_+ .]?code|credentials?)'
const statement = new RegExp(
  `(?:^|[^a-z])${subject}(?:[-_+ .]*(?:is|was|equals)[-_+ .:=]+|[-_+ ]*[:=][-_+ ]*)[^\\s&]{3}|\\bmy[-_+ .]${subject}[-_+ .:=]|(?:^|[^a-z])(?:ssn|card|account)[-_+ .:=]{1,3}\\d{3}(?:-\\d{2}-\\d{4}|\\d{3})|(?:^|[^a-z])(?:pin|cvv)(?:[-_+ .]is[-_+ .]| ?[:=] ?)\\d{3}`,
  'i',
)

/** `my-password-is-hunter2`, `api_key:abc`: a secret that is being told. */
export function tellsSecret(text: string): boolean {
  return statement.test(text)
}

const contact = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}/
const ssn = /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/
const card = /(?<![\w-])[3-6]\d{3}(?<gap>[- +])\d{4}\k<gap>\d{4}\k<gap>\d{3,4}(?![\w-])/

/** An e-mail address, a social security number, a card number in groups. */
export function namesPerson(text: string): boolean {
  return (contact.test(text) && !/@\d+x?\.\w+$/.test(text)) || ssn.test(text) || card.test(text)
}

const credential =
  /(?:^|[^A-Za-z0-9])(?:sk-[A-Za-z0-9_-]{16}|(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20}|github_pat_\w{20}|glpat-[\w-]{16}|xox[abprs]-[\w-]{10}|AIza[\w-]{30}|[sr]k_live_[A-Za-z0-9]{16}|npm_[A-Za-z0-9]{30}|-----BEGIN)/

export function holdsCredential(text: string): boolean {
  return credential.test(text)
}
