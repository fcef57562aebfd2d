import { corporaIn } from './corpora.ts'
import { loadDetectors } from './detectors.ts'
import { readOptions, usage } from './options.ts'
import { runTask } from './run-task.ts'
import { tasks } from './tasks.ts'

const options = readOptions(process.argv.slice(2))
if (options === 'help') {
  console.log(usage)
  process.exit()
}
const corpora = corporaIn(options.corpora, options.heldOut)
const { loaded, absent } = await loadDetectors()
console.log(absent)
for (const task of tasks) {
  if (!options.only.includes(task.id)) continue
  const r = await runTask(task, corpora, loaded, options.sample)
  if (r) {
    console.log(task.id, r.ours.cases, r.ours.megabytesPerSecond)
    for (const row of r.ours.rows) console.log('  ', row.name, row.count, row.of, row.aim?.value)
  }
}
