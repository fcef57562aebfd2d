import { spawnSync } from 'node:child_process'
import { arch, cpus, totalmem, type } from 'node:os'
import type { Machine } from './results.ts'

export function describeMachine(): Machine {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${arch()}`,
    versions: {
      bun: Bun.version,
      node: firstLine('node', '--version').replace(/^v/, ''),
      wrk: /\d+(\.\d+)+/.exec(firstLine('wrk', '--version'))?.[0] ?? 'unknown',
      sluice: firstLine('git', 'rev-parse', '--short', 'HEAD'),
    },
  }
}

function firstLine(command: string, ...args: string[]): string {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' })
  return stdout?.split('\n')[0] ?? 'unknown'
}
