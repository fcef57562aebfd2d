import { commonWords } from './words.ts'

/** Words of attacks, besides the common ones, that are known again when two letters are swapped, or one is left out or doubled. */
const telling = `instructions directives guidelines restrictions unrestricted constraints previous earlier original initial preceding
  developer administrator confidential conversation sentences everything unfiltered jailbreak character roleplay simulate response
  respond answering granted granting secrets passphrase password passcode prompts messages configuration translate summarize
  disregarding forgetting ignoring ignored overriding revealing printing repeating beginning starting opposite hacked context`

const words = new Set([...commonWords, ...telling.split(/\s+/)].filter((word) => word.length >= 5))
const slips = new Map<string, string>()
for (const word of words) {
  for (let at = 1; at < word.length - 1; at++) {
    const [before, here, next, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)]
    for (const slip of [before + next + here + after, before + next + after, before + here + here + next + after]) {
      if (!words.has(slip)) slips.set(slip, word)
    }
  }
  slips.set(word.charAt(1) + word.charAt(0) + word.slice(2), word)
}

/** The text with the words put right that a slip of the pen has made of those of attacks. */
export function withoutSlips(text: string): string {
  return text.toLowerCase().replace(/[a-z]{4,16}/g, (word) => slips.get(word) ?? word)
}
