import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { run } from '../run.ts'
import { accepted } from './accepted.ts'
import { inputsOf } from './inputs.ts'
import { superLinear } from './super-linear.ts'

test('what is super-linear is told from what is not', () => {
  const verdicts = [
    /^(?:a+)+b/,
    /\s\S+@?\S+:/,
    /(?:[a-z]{1,64}){1,64}x/,
    /\bkey=[a-z]{20,40}\b/,
    /^\d{4}(?: \d{4}){3}$/,
  ].map(superLinear)
  expect(verdicts).toEqual(['exponential', 'polynomial', 'exponential in its bounds', undefined, undefined])
})

test('inputs are of one length, made of the examples and literals of a file, the same in every run', () => {
  const spelled = { file: 'a.ts', expressions: [/sk-[a-z]{20}/], literals: ['sk-'] }
  const texts = [...inputsOf(spelled)].map(({ text }) => text)
  expect(new Set(texts.map(({ length }) => length))).toEqual(new Set([32_768]))
  const begins = ['sk-sk-', 'sk-\nsk-', 'sk-aaaa', 'sk\u00a7sk', 'sk\nsk', 'sksk', 'skkk']
  expect(begins.filter((begin) => !texts.some((text) => text.startsWith(begin)))).toEqual([])
  expect([...inputsOf(spelled)].map(({ text }) => text)).toEqual(texts)
})

test('no exception for what is linear', () => {
  expect(
    [...accepted].filter((source) => superLinear(new RegExp(source, source.includes('\\p{') ? 'u' : '')) === undefined),
  ).toEqual([])
})

// Ten times what is asked of a machine that does nothing else (`bun run vet`): one of two cores shared with other suites still
// passes, and what is quadratic in 32 KB does not. One text of 41 is tried: all take minutes.
test('no text made of the rules takes all detectors over a second', async () => {
  const vet = join(import.meta.dirname, 'vet.ts')
  const { ok, output } = await run(
    { name: 'vet', command: [process.execPath, '--conditions=sluice-source', vet, '1000', '41'] },
    false,
  )
  expect([ok, output]).toEqual([true, expect.stringContaining('the slowest:')])
}, 300_000)
