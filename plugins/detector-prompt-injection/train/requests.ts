import { featureRoom, featuresOf } from '../src/model/features.ts'
import { fold, foldRoom } from '../src/prose/fold.ts'
import { hashOf, isHeldOut, readCorpus } from './corpora.ts'
import { type Example, generated } from './examples.ts'
import { attacks } from './grammar/attacks.ts'
import { indirect, requestKinds, textKinds } from './grammar/indirect.ts'

/** For the second table: sentences that ask something of whoever reads, and sentences of texts that are about something. */
export function readRequests(): readonly Example[] {
  const asked = (text: string, set: string, weight: number): readonly Example[] => {
    const first = sentencesOf(text)[0]
    const whole = { text, label: 1 as const, weight, set, heldOut: isHeldOut(text) }
    return first === undefined || first === text ? [whole] : [whole, { ...whole, text: first }]
  }
  const told = (id: string, text: string, set: string, weight: number, share: number): readonly Example[] => {
    const heldOut = hashOf(id) % 5 === 0
    return sentencesOf(text)
      .filter((one) => hashOf(one) % 100 < share)
      .map((one) => ({ text: one, label: 0, weight, set, heldOut }))
  }
  return [
    ...readCorpus('injection-indirect').flatMap(({ text }) => asked(text, 'bipia', 2)),
    ...readCorpus('benign-prompts').flatMap(({ text }) => asked(text, 'self-instruct', 0.7)),
    ...readCorpus('injection').flatMap(({ text, source }) =>
      source === 'wildguard' && text.length < 160 ? asked(text, 'wildguard', 0.5) : [],
    ),
    ...generated(indirect, requestKinds, 1, 21),
    ...generated(attacks, { override: 150, extraction: 200, agent: 400, hijack: 100 }, 1, 22),
    ...readCorpus('benign-docs').flatMap(({ id, text }) => told(id, text, 'docs', 0.7, 100)),
    ...readCorpus('benign-code').flatMap(({ id, text }) => told(id, text, 'code', 0.4, 30)),
    ...readCorpus('pii-spans').flatMap(({ id, text }) => told(id, text, 'chat', 0.4, 100)),
    ...generated(indirect, textKinds, 0, 23),
  ]
}

const folded = foldRoom(65_536)
const features = featureRoom(65_536)
const unmarked = new Int32Array(8192)

/** The sentences of a text, as the detector parts them: four words and more. */
export function sentencesOf(text: string): readonly string[] {
  const { sentences, sentenceTokens, tokenEnds } = featuresOf(fold(text.slice(0, 65_000), folded), features, unmarked)
  const parts: string[] = []
  let from = 0
  let firstToken = 0
  for (let at = 0; at < sentences; at++) {
    const token = sentenceTokens[at] ?? 0
    const to = tokenEnds[token - 1] ?? 0
    if (token - firstToken >= 4) parts.push(text.slice(folded.offsets[from], folded.offsets[to]))
    from = to
    firstToken = token
  }
  return parts
}
