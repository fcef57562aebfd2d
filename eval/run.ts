// One command: every detector on every corpus, beside its peers. `bun run eval --help`
import { fileURLToPath } from 'node:url'
import { corporaIn } from './corpora.ts'
import { loadDetectors } from './detectors.ts'
import { type Latency, measureLatency } from './latency.ts'
import { listMisses } from './misses.ts'
import { type Options, readOptions, usage } from './options.ts'
import { peers } from './peers/list.ts'
import { runPeer } from './peers/run-peer.ts'
import { drawPlots } from './plots.ts'
import { publish, publishPlots } from './publish.ts'
import { shuffled } from './random.ts'
import { report } from './report.ts'
import { type Answers, answersOf, runTask, type TaskResult } from './run-task.ts'
import type { Task } from './task.ts'
import { tasks } from './tasks.ts'

const docs = fileURLToPath(new URL('../docs', import.meta.url))
const say = (line: string): void => console.error(line)

async function askPeers({ task, cases }: Omit<TaskResult, 'peers'>, seconds: number): Promise<readonly Answers[]> {
  const { domain } = task
  if (domain === undefined) return []
  const answers: Answers[] = []
  const inAnyOrder = shuffled(cases, 'peers')
  for (const peer of peers.filter((one) => one.domains.includes(domain))) {
    const { outcomes, bytes, ms, failure } = await runPeer(peer, domain, inAnyOrder, seconds)
    const rest = failure === undefined ? '' : `, then it failed: ${failure}`
    say(`${task.id}  ${peer.name}: ${outcomes.length} of ${cases.length} cases${rest}`)
    if (outcomes.length > 0) {
      const answered = answersOf(peer.name, task, outcomes, bytes, ms)
      answers.push(failure === undefined ? answered : { ...answered, failed: true })
    }
  }
  return answers
}

async function main(options: Options): Promise<void> {
  const corpora = corporaIn(options.corpora, options.heldOut)
  if (options.corpora === undefined) say('The corpora are not there: our own few cases stand in for them.')
  const { loaded, absent } = await loadDetectors()
  if (absent.length > 0) say(`Not installed, so not measured: ${absent.join(', ')}.`)

  const results: TaskResult[] = []
  const leftOut: Task[] = []
  for (const task of tasks.filter(({ id }) => options.only.includes(id))) {
    const result = await runTask(task, corpora, loaded, options.sample)
    if (result === undefined) leftOut.push(task)
    else {
      say(`${task.id}  Sluice: ${result.cases.length} cases`)
      results.push({ ...result, peers: options.peers ? await askPeers(result, options.peerSeconds) : [] })
    }
  }
  const latencies: readonly Latency[] = options.only.includes('latency')
    ? await measureLatency(corpora, [...loaded.values()], say)
    : []

  const plots = options.write ? await drawPlots(results, latencies) : { svgs: new Map<string, string>(), names: {} }
  const markdown = report({
    results,
    latencies,
    absent,
    leftOut,
    plots: plots.names,
    peers: options.peers ? peers : [],
    heldOut: options.heldOut,
    ...(options.sample < Number.MAX_SAFE_INTEGER ? { sample: options.sample } : {}),
  })
  console.log(markdown)
  if (options.misses > 0)
    for (const result of results) for (const line of listMisses(result, options.misses)) console.log(line)
  if (!options.write) return
  publishPlots(docs, plots.svgs)
  publish(docs, markdown)
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') console.log(usage)
  else await main(options)
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
