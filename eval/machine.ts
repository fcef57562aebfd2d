import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** `at commit 1234567, on 2 cores of …`: the load says how much to believe of a time. */
export function describeMachine(): string {
  const { stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' })
  const commit = stdout?.trim() || 'unknown'
  const processor = cpus()[0]?.model.trim() ?? 'unknown'
  return (
    `at commit ${commit}: ${availableParallelism()} cores of ${processor}, ${Math.round(totalmem() / 2 ** 30)} GB, ` +
    `Bun ${Bun.version}, load ${loadavg()[0]?.toFixed(1)}`
  )
}
