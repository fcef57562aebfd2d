import { type Latency, type LatencyAim, latencyAims, together } from './latency.ts'
import { describeMachine } from './machine.ts'
import type { Peer } from './peers/peer.ts'
import { type Aim, figureOf, isMet, type Row } from './row.ts'
import type { Answers, TaskResult } from './run-task.ts'
import { wilson } from './statistics.ts'
import type { Task } from './task.ts'

export interface Report {
  readonly results: readonly TaskResult[]
  readonly latencies: readonly Latency[]
  readonly peers: readonly Peer[]
  /** Names of detectors whose package is not there. */
  readonly absent: readonly string[]
  readonly leftOut: readonly Task[]
  readonly heldOut: boolean
  /** Cases of each group at most; absent: all. */
  readonly sample?: number
  /** File names of plots, by what they show. */
  readonly plots: Readonly<Record<string, string>>
}

/** The whole report, in Markdown. */
export function report(made: Report): string {
  const parts = [
    `Measured on ${new Date().toISOString().slice(0, 10)} ${describeMachine()}.${partial(made)}`,
    missing(made),
    '## In short',
    inShort(made),
    ...made.results.flatMap((result) => [`## ${result.task.title}`, section(result, made)]),
    '## Cost',
    cost(made),
    '## What it is compared with',
    compared(made),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function partial({ heldOut, sample }: Report): string {
  const half = heldOut ? ' Only the held-out part of each corpus.' : ''
  return sample === undefined ? half : `${half} At most ${sample} cases of each group.`
}

function missing({ absent, leftOut, results }: Report): string {
  const own = [...new Set(results.flatMap((result) => result.own))]
  return [
    absent.length === 0 ? '' : `Not installed, so not measured: ${absent.map((name) => `\`${name}\``).join(', ')}.`,
    leftOut.length === 0 ? '' : `Left out for that: ${leftOut.map(({ title }) => title.toLowerCase()).join('; ')}.`,
    own.length === 0 ? '' : `Not there, so our own few cases stood in: ${own.map((name) => `\`${name}\``).join(', ')}.`,
  ]
    .filter((line) => line !== '')
    .join(' ')
}

/** Every aim, met or not, in one table. */
function inShort({ results, latencies }: Report): string {
  const rows = results.flatMap(({ task, ours }) =>
    ours.rows
      .filter(({ aim }) => aim !== undefined)
      .map((row) => [task.title, row.name, figure(row), aimOf(row.aim, row.unit), verdict(isMet(row))]),
  )
  const timed = latencyAims.flatMap((aim) => {
    const value = timeOf(latencies, aim)
    if (value === undefined) return []
    const name = `${aim.figure === 'p50Ms' ? 'p50' : 'p99'} of ${aim.size / 1024} KB`
    return [['Cost, all together', name, `${value.toFixed(2)} ms`, `≤ ${aim.most} ms`, verdict(value <= aim.most)]]
  })
  return table(['', '', 'measured', 'aim', ''], ['l', 'l', 'r', 'r', 'l'], [...rows, ...timed])
}

const timeOf = (latencies: readonly Latency[], aim: LatencyAim): number | undefined =>
  latencies.find(({ name, size }) => name === together && size === aim.size)?.[aim.figure]

function section({ task, ours, peers }: TaskResult, { plots }: Report): string {
  const header = ['', 'Sluice', '95 % interval', 'of', 'aim', '', ...peers.map(({ by }) => by)]
  const rows = ours.rows.map((row) => [
    row.name,
    figure(row),
    row.unit === 'share' ? interval(row) : '',
    row.unit === 'share' ? `${row.of}` : `${(row.of / 1e6).toFixed(2)} MB`,
    row.aim === undefined ? '' : aimOf(row.aim, row.unit),
    verdict(isMet(row)),
    ...peers.map((peer) => theirs(peer, row.name)),
  ])
  rows.push(['cases', `${ours.cases}`, '', '', '', '', ...peers.map(({ cases }) => `${cases}`)])
  rows.push(['MB/s', speed(ours), '', '', '', '', ...peers.map(speed)])
  const plot = plots[task.id]
  const failed = peers.filter((peer) => peer.failed).map(({ by, cases }) => `\`${by}\` failed after ${cases} cases.`)
  return [
    task.how,
    `Corpora: ${task.corpora.map((name) => `\`${name}\``).join(', ')}; detectors: ${detectorsOf(task)}.`,
    table(header, ['l', ...header.slice(1).map(() => 'r' as const)], rows),
    ...failed,
    ...(plot === undefined ? [] : [image(task.title, plot)]),
  ].join('\n\n')
}

const detectorsOf = ({ id, detectors }: Task): string =>
  id === 'benign' ? 'all' : detectors.map((name) => `\`${name}\``).join(', ')
const speed = ({ megabytesPerSecond }: Answers): string => megabytesPerSecond.toPrecision(2)

/** With how many cases it is of where that is not all: a slow peer is stopped. */
function theirs({ rows }: Answers, name: string): string {
  const row = rows.find((one) => one.name === name)
  return row === undefined ? '–' : `${figure(row)} (${row.of})`
}

function figure(row: Row): string {
  const value = figureOf(row)
  return row.unit === 'share' ? percent(value) : value.toFixed(1)
}

function interval({ count, of }: Row): string {
  const { low, high } = wilson(count, of)
  return `${percent(low)} – ${percent(high)}`
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const aimOf = (aim: Aim | undefined, unit: Row['unit']): string =>
  aim === undefined
    ? ''
    : `${aim.is === 'at least' ? '≥' : '≤'} ${unit === 'share' ? `${Number((aim.value * 100).toFixed(1))} %` : aim.value}`
const verdict = (met: boolean | undefined): string => (met === undefined ? '' : met ? 'met' : '**missed**')

function cost({ latencies, plots }: Report): string {
  if (latencies.length === 0) return 'Not measured in this run.'
  const rows = latencies.map((one) => [
    one.name,
    `${one.size / 1024} KB`,
    one.p50Ms.toFixed(2),
    one.p99Ms.toFixed(2),
    one.megabytesPerSecond.toFixed(1),
    `${one.texts}`,
  ])
  const plot = plots['latency']
  return [
    'Prompts cut from benign documentation and code, one inspection each, after all of them once or twice to warm up. Of fewer ' +
      'than a hundred texts the p99 is the slowest. `leakage` and `flows` compare segments with each other, of which there is one here.',
    table(['', 'text', 'p50 ms', 'p99 ms', 'MB/s', 'texts'], ['l', 'r', 'r', 'r', 'r', 'r'], rows),
    ...(plot === undefined ? [] : [image('Milliseconds by detector', plot)]),
  ].join('\n\n')
}

function compared({ peers, plots }: Report): string {
  if (peers.length === 0) return 'Nothing in this run.'
  const plot = plots['precision-recall']
  return [
    'Each peer is asked the same cases, in an order of chance, in a process of its own that is stopped after a time: in brackets ' +
      'stands how many cases its figure is of. It is asked only in its own domain, with its defaults, for what it can tell ' +
      'without a model and a network. Where it says that there is something and not where, the whole text counts as found.',
    peers.map(({ name, version, how }) => `- \`${name}\` ${version}: ${how}.`).join('\n'),
    ...(plot === undefined ? [] : [image('Precision and recall', plot)]),
  ].join('\n\n')
}

const image = (title: string, file: string): string => `![${title}](detection-quality/${file})`

/** As Biome would format it: columns padded. */
function table(header: readonly string[], align: readonly ('l' | 'r')[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = header.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column]?.length ?? 0)))
  const padded = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (align[at] === 'r' ? (cells[at] ?? '').padStart(width) : (cells[at] ?? '').padEnd(width))).join(' | ')} |`
  const rule = `| ${widths.map((width, at) => (align[at] === 'r' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  const [first = [], ...rest] = lines
  return [padded(first), rule, ...rest.map(padded)].join('\n')
}
