import type { Spelled } from './sources.ts'

export interface Input {
  readonly file: string
  readonly text: string
}

const length = 32_768
/** Classes that follow a prefix in some rule. */
const runs = ['a', '0', ' ', '\n', '/', '.', '-', '=', '"', '(']

/** Texts of 32 KB made of what a file's rules look for, to make them begin often and end late. */
export function* inputsOf({ file, expressions, literals }: Spelled): Generator<Input> {
  const examples = expressions.flatMap(examplesOf)
  const units = new Set<string>()
  for (const [at, literal] of literals.entries()) {
    const run = runs[at % runs.length] ?? 'a'
    units.add(literal)
    units.add(`${literal}\n`)
    units.add(`${literal}${run.repeat(length)}`)
    units.add(`${literal}${run.repeat(120)}\n`)
  }
  for (const example of examples) {
    units.add(example)
    // Near misses: the end is another, or is not there, or comes too late.
    units.add(`${example.slice(0, -1)}\u00a7`)
    units.add(`${example.slice(0, Math.ceil(example.length / 2))}\n`)
    units.add(example.slice(0, Math.ceil(example.length / 2)))
    units.add(`${example.slice(0, -1)}${example.slice(-2, -1).repeat(length)}`)
  }
  for (const unit of units) {
    if (unit !== '') yield { file, text: unit.repeat(Math.ceil(length / unit.length)).slice(0, length) }
  }
}

/** The words that an expression spells, and all of them in a row. */
function examplesOf({ source }: RegExp): readonly string[] {
  const words = source.replace(/\\[a-zA-Z]|\[[^\]]*\]|\{[\d,]*\}/g, '|').match(/[\w:=/. "'-]{3,}/g) ?? []
  return words.length === 0 ? [] : [...words, words.join('')]
}
