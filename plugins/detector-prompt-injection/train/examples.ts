import { type Case, groupOf, hashOf, isHeldOut, randomFrom, readCorpus } from './corpora.ts'
import { attackKinds, attacks } from './grammar/attacks.ts'
import { benign, benignKinds } from './grammar/benign.ts'
import { expand, type Grammar } from './grammar/expand.ts'
import { perturbations } from './perturb.ts'

export interface Example {
  readonly text: string
  readonly label: 0 | 1
  readonly weight: number
  /** What it is counted under in the report. */
  readonly set: string
  readonly heldOut: boolean
}

/** Of what the tests of agent threats call exfiltration, what asks for a prompt. */
const asksForPrompt =
  /\b(prompt|instructions?|above|system|guidelines|verbatim|previous|told|word for word|rules|initial|ignore)\b/i

export function readExamples(): readonly Example[] {
  return [
    ...readCorpus('injection').flatMap(fromInjection),
    ...readCorpus('agent-threats').flatMap((one) =>
      one.label === 0 ? [exampleOf(one, 'agent-threats benign', 1)] : [],
    ),
    ...readCorpus('benign-prompts').map((one) => exampleOf(one, 'self-instruct', 2)),
    ...readCorpus('benign-docs').flatMap((one) => stretches(one, 'docs', 0.7)),
    ...readCorpus('benign-code').flatMap((one) => stretches(one, 'code', 0.7)),
    ...sampled(readCorpus('shell-benign'), 4).map((one) => exampleOf(one, 'shell', 0.3)),
    ...readCorpus('pii-spans').map((one) => ({ ...exampleOf(one, 'chat', 0.5), label: 0 as const })),
    ...generated(attacks, attackKinds, 1, 11),
    ...generated(benign, benignKinds, 0, 12),
  ]
}

function fromInjection(one: Case): readonly Example[] {
  if (one.source === 'in-the-wild') return [exampleOf(one, 'in-the-wild', 1.5)]
  if (one.source === 'wildguard') return [exampleOf(one, 'wildguard benign', 3)]
  if (one.source === 'mitre-frr') return [exampleOf(one, 'mitre benign', 1.5)]
  if (one.label === 0) return [exampleOf(one, 'atr benign', 1)]
  if (one.kind === 'context-exfiltration')
    return asksForPrompt.test(one.text) ? [exampleOf(one, 'atr extraction', 0.7)] : []
  return [exampleOf(one, one.kind === 'prompt-injection' ? 'atr injection' : 'atr manipulation', 0.6)]
}

function exampleOf({ text, label }: Case, set: string, weight: number): Example {
  return { text, label, weight, set, heldOut: isHeldOut(text) }
}

/** A long text in the stretches in which the detector reads it; all held out, or none. */
function stretches(one: Case, set: string, weight: number): readonly Example[] {
  const heldOut = hashOf(one.id) % 5 === 0
  const parts: Example[] = []
  for (let at = 0; at < one.text.length; at += 1024) {
    parts.push({ text: one.text.slice(at, at + 1024), label: one.label, weight, set, heldOut })
  }
  return parts
}

function sampled<Value>(values: readonly Value[], every: number): readonly Value[] {
  return values.filter((_, at) => at % every === 0)
}

/** Texts of a grammar, each once. Held out are whole groups, though the sentences they are made of are not. */
export function generated(
  grammar: Grammar,
  kinds: Readonly<Record<string, number>>,
  label: 0 | 1,
  seed: number,
): readonly Example[] {
  const random = randomFrom(seed)
  const seen = new Set<string>()
  return Object.entries(kinds).flatMap(([kind, count]) => {
    const made: Example[] = []
    for (let tries = 0; made.length < count && tries < count * 6; tries++) {
      const text = styled(expand(grammar, kind, random), random)
      if (seen.has(text) || text.length < 2) continue
      seen.add(text)
      made.push({
        text,
        label,
        weight: label === 1 ? 0.8 : 0.6,
        set: `own ${kind}`,
        heldOut: hashOf(groupOf(text)) % 5 === 0,
      })
    }
    return made
  })
}

/**
 * Copies with slips of the pen; and of what is no attack, copies in disguises, as the text stands before they are undone:
 * that a text is disguised makes it none.
 */
export function varied(examples: readonly Example[], seed: number): readonly Example[] {
  const random = randomFrom(seed)
  const { typos, ...disguises } = perturbations
  const others = Object.values(disguises)
  return examples.flatMap((one) => {
    const copies: Example[] = []
    if (one.text.length > 600) return copies
    if (typos !== undefined && random() < 0.3)
      copies.push({ ...one, text: typos(one.text, random), weight: one.weight * 0.6 })
    if (one.label === 0 && random() < 0.25) {
      const disguise = others[Math.floor(random() * others.length)]
      if (disguise !== undefined) copies.push({ ...one, text: disguise(one.text, random), weight: 0.4 })
    }
    return copies
  })
}

/** People write with and without capitals. */
function styled(text: string, random: () => number): string {
  const kind = random()
  if (kind < 0.35) return text.charAt(0).toUpperCase() + text.slice(1)
  if (kind < 0.45) return text.toUpperCase()
  if (kind < 0.55) return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  return text
}
