import { Reading } from '../src/model/reading.ts'
import { likeliestSpan } from '../src/model/spans.ts'
import { groupOf, hashOf } from './corpora.ts'
import { type Example, readExamples, varied } from './examples.ts'
import { fit } from './fit.ts'
import { attackFit, seeds } from './settings.ts'

/** What the attack table alone says of every text, fitted to texts of other groups: four times over, a quarter held out. */
const folds = 4
const thresholds = [-0.5, 0, 0.3, 0.6, 1, 1.5, 2]
const longest = 2048
const reading = new Reading(longest)
const unmarked = new Int32Array(8192)

const all = readExamples()
const scores: { readonly one: Example; readonly score: number }[] = []
for (let fold = 0; fold < folds; fold++) {
  const isHeld = ({ text }: Example): boolean => hashOf(`fold ${groupOf(text)}`) % folds === fold
  const learnt = all.filter((one) => !isHeld(one))
  const table = fit([...learnt, ...varied(learnt, seeds.varied)], attackFit)
  for (const one of all.filter(isHeld)) {
    reading.read(one.text.slice(0, longest), unmarked)
    reading.weigh(table)
    scores.push({ one, score: likeliestSpan(reading)?.score ?? -10 })
  }
}

console.log(`| set | texts | attack | ${thresholds.map((one) => `above ${one}`).join(' | ')} |`)
console.log(`| --- | ---: | --- |${' ---: |'.repeat(thresholds.length)}`)
for (const [set, of] of Map.groupBy(scores, ({ one }) => one.set)) {
  const shares = thresholds.map((least) => (100 * of.filter(({ score }) => score > least).length) / of.length)
  const label = of[0]?.one.label === 1 ? 'yes' : 'no'
  console.log(`| ${set} | ${of.length} | ${label} | ${shares.map((one) => `${one.toFixed(1)} %`).join(' | ')} |`)
}

// Platt: the slope and offset under which scores are log-odds of what they are said to be.
const counted = scores.filter(({ one }) => one.set !== 'atr injection' && one.set !== 'atr manipulation')
let slope = 1
let offset = 0
for (let round = 0; round < 4000; round++) {
  let down = 0
  let across = 0
  for (const { one, score } of counted) {
    const error = 1 / (1 + Math.exp(-(slope * score + offset))) - one.label
    down += (error * score) / counted.length
    across += error / counted.length
  }
  slope -= 0.5 * down
  offset -= 0.5 * across
}
console.log(`\nslope ${slope.toFixed(2)}, offset ${offset.toFixed(2)}\n`)
const likely = counted.map(({ one, score }) => ({
  label: one.label,
  said: 1 / (1 + Math.exp(-(slope * score + offset))),
}))
for (let tenth = 0; tenth < 10; tenth++) {
  const of = likely.filter(({ said }) => Math.min(9, Math.floor(said * 10)) === tenth)
  const share = of.filter(({ label }) => label === 1).length / Math.max(1, of.length)
  console.log(
    `said ${(tenth / 10).toFixed(1)} to ${((tenth + 1) / 10).toFixed(1)}: ${of.length} texts, ${(100 * share).toFixed(0)} % attacks`,
  )
}
