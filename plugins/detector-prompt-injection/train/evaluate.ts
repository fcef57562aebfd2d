import type { DetectorInstance, Finding, Segment } from '@sluice/core'
import injection, { type InjectionOptions } from '../src/index.ts'
import { written } from './carriers.ts'
import { hashOf, isHeldOut, randomFrom, readCorpus } from './corpora.ts'
import { type Example, readExamples } from './examples.ts'
import { perturbations } from './perturb.ts'

const setup = {
  instance: 'prompt-injection',
  folder: '.',
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: () => 0,
}
const user: Segment = { id: 'q0', direction: 'ingress', kind: 'user', trust: 'user' }
const result: Segment = { id: 'q1', direction: 'ingress', kind: 'tool-result', trust: 'external' }

async function finder(
  options: InjectionOptions = {},
): Promise<(text: string, segment?: Segment) => readonly Finding[]> {
  const instance: DetectorInstance = await injection.create(options, setup)
  if (instance.mode !== 'scan' || instance.whole === undefined) throw new Error('it scans whole texts')
  const { whole } = instance
  return (text, segment = user) => whole(segment, text)
}

const percent = (part: number, of: number): string => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`
const row = (...cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`)
const rulesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ data }) => String(data?.['rule']))

const heldOut = readExamples().filter((one) => one.heldOut)
const sets = Map.groupBy(heldOut, ({ set }) => set)
const levels = {
  low: await finder({ sensitivity: 'low' }),
  medium: await finder(),
  high: await finder({ sensitivity: 'high' }),
}
const find = levels.medium
const isModel = (rule: string): boolean => rule === 'model' || rule === 'request-model'

console.log('\n## Held-out texts\n')
row('set', 'texts', 'attack', 'low', 'medium', 'high', 'rules alone', 'as a tool result')
row('---', '---:', '---', '---:', '---:', '---:', '---:', '---:')
for (const [set, texts] of sets) {
  const share = (found: (text: string) => boolean): string =>
    percent(texts.filter(({ text }) => found(text)).length, texts.length)
  row(
    set,
    texts.length,
    texts[0]?.label === 1 ? 'yes' : 'no',
    share((text) => levels.low(text).length > 0),
    share((text) => levels.medium(text).length > 0),
    share((text) => levels.high(text).length > 0),
    share((text) => rulesOf(find(text)).some((rule) => !isModel(rule))),
    share((text) => find(text, result).length > 0),
  )
}

console.log('\n## Whole documents and files, held out\n')
row('set', 'texts', 'MB', 'with findings', 'findings / MB', 'as tool results', 'findings / MB')
row('---', '---:', '---:', '---:', '---:', '---:', '---:')
for (const name of ['benign-docs', 'benign-code']) {
  const texts = readCorpus(name).filter(({ id }) => hashOf(id) % 5 === 0)
  const size = texts.reduce((sum, { text }) => sum + text.length, 0) / 1e6
  const cells = [user, result].flatMap((segment) => {
    const found = texts.map(({ text }) => find(text, segment).length)
    const all = found.reduce((sum, count) => sum + count, 0)
    return [percent(found.filter((count) => count > 0).length, texts.length), (all / size).toFixed(1)]
  })
  row(name, texts.length, size.toFixed(2), ...cells)
}

console.log('\n## Requests dropped into a text, which comes as the result of a tool\n')
row('carrier', 'at', 'carriers', 'clean ones found', 'with a request found', 'where it stands')
row('---', '---', '---:', '---:', '---:', '---:')
const requests = readCorpus('injection-indirect').filter(({ text }) => isHeldOut(text))
for (const [name, carriers] of Object.entries(carriersOf())) {
  for (const place of ['start', 'middle', 'end'] as const) {
    let found = 0
    let there = 0
    let clean = 0
    for (const [at, carrier] of carriers.entries()) {
      const request = requests[at % requests.length]?.text ?? ''
      const { text, start } = inserted(carrier, request, place)
      const findings = find(text, result)
      if (find(carrier, result).length > 0) clean++
      if (findings.length > 0) found++
      if (findings.some((one) => one.start < start + request.length && one.end > start)) there++
    }
    const all = carriers.length
    row(name, place, all, percent(clean, all), percent(found, all), percent(there, all))
  }
}

if (process.argv[3] === 'short') process.exit(0)
console.log('\n## Perturbed: what is found of it, and the loss in points\n')
const attacks = {
  'in the wild': (sets.get('in-the-wild') ?? []).slice(0, 100),
  'own override, hijack, extraction': ['own override', 'own hijack', 'own extraction'].flatMap((set) =>
    (sets.get(set) ?? []).slice(0, 60),
  ),
}
const ordinary = ['wildguard benign', 'self-instruct', 'own ordinary', 'own security'].flatMap((set) =>
  (sets.get(set) ?? []).slice(0, 60),
)
row('perturbation', ...Object.keys(attacks), 'benign texts, found')
row('---', ...Object.keys(attacks).map(() => '---:'), '---:')
const plain = Object.values(attacks).map((texts) => rate(texts, (text) => text))
row('none', ...plain.map((one) => `${one.toFixed(1)} %`), `${rate(ordinary, (text) => text).toFixed(1)} %`)
for (const [name, perturb] of Object.entries(perturbations)) {
  const random = randomFrom(5)
  const cells = Object.values(attacks).map((texts, at) => {
    const now = rate(texts, (text) => perturb(text, random))
    return `${now.toFixed(1)} % (${(now - (plain[at] ?? 0)).toFixed(1)})`
  })
  row(name, ...cells, `${rate(ordinary, (text) => perturb(text, random)).toFixed(1)} %`)
}

console.log('\n## Speed\n')
row('text', 'MB/s, user', 'MB/s, tool result')
row('---', '---:', '---:')
for (const name of ['benign-docs', 'benign-code', 'injection']) {
  const texts = readCorpus(name).map(({ text }) => text)
  const size = texts.reduce((sum, text) => sum + text.length, 0) / 1e6
  row(name, ...[user, result].map((segment) => (size / seconds(() => scanned(texts, segment))).toFixed(1)))
}
const page = (readCorpus('benign-docs')[3]?.text ?? '').slice(0, 2048)
row(
  '2 KB, microseconds',
  ...[user, result].map((segment) =>
    (
      (1e6 *
        seconds(() => {
          for (let at = 0; at < 500; at++) find(page, segment)
        })) /
      500
    ).toFixed(0),
  ),
)

function rate(texts: readonly Example[], perturb: (text: string) => string): number {
  return (100 * texts.filter(({ text }) => find(perturb(text)).length > 0).length) / Math.max(1, texts.length)
}

/** The best of three. */
function seconds(run: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round++) {
    const began = performance.now()
    run()
    best = Math.min(best, (performance.now() - began) / 1000)
  }
  return best
}

/** Texts as tools bring them: ours, and held-out documents, files and chats. */
function carriersOf(): Readonly<Record<string, readonly string[]>> {
  const parts = (name: string, units: number): readonly string[] =>
    readCorpus(name)
      .filter(({ id }) => hashOf(id) % 5 === 0)
      .map(({ text }) => text.slice(0, Math.max(units, text.indexOf('\n', units))))
  const lines = readCorpus('pii-spans').filter(({ id }) => hashOf(id) % 5 === 0)
  const chats = Array.from({ length: 40 }, (_, at) =>
    lines
      .slice(at * 8, at * 8 + 8)
      .map(({ text }) => text)
      .join(' '),
  )
  const often = (texts: readonly string[]): readonly string[] => Array.from({ length: 8 }, () => texts).flat()
  return {
    ...Object.fromEntries(Object.entries(written).map(([name, texts]) => [`own ${name}`, often(texts)])),
    documents: parts('benign-docs', 1200),
    code: parts('benign-code', 1200),
    chats,
  }
}

function inserted(
  carrier: string,
  request: string,
  place: 'start' | 'middle' | 'end',
): { text: string; start: number } {
  if (place === 'start') return { text: `${request}\n${carrier}`, start: 0 }
  if (place === 'end') return { text: `${carrier}\n${request}`, start: carrier.length + 1 }
  const half = carrier.indexOf('\n', carrier.length / 2)
  const at = half === -1 ? carrier.length : half
  return { text: `${carrier.slice(0, at)}\n${request}${carrier.slice(at)}`, start: at + 1 }
}

function scanned(texts: readonly string[], segment: Segment): void {
  for (const text of texts) find(text, segment)
}
