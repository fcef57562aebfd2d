import { readFileSync } from 'node:fs'
import { processTree } from './processes.ts'

/** Resident memory of a process tree in MB (10^6 bytes). Linux only: `NaN` elsewhere. */
export function residentMegabytes(pid: number): number {
  return sum(pid, (own) => {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${own}/status`, 'utf8'))?.[1]
    return (Number(kilobytes) * 1024) / 1e6
  })
}

/** Processor time a process tree has used, in milliseconds, in steps of 10. Linux only: `NaN` elsewhere. */
export function processorMilliseconds(pid: number): number {
  return sum(pid, (own) => {
    const stat = readFileSync(`/proc/${own}/stat`, 'utf8')
    // The second field, the name, may hold spaces and ends with the last parenthesis; user and system time are 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  })
}

function sum(pid: number, of: (pid: number) => number): number {
  if (process.platform !== 'linux') return Number.NaN
  return processTree(pid).reduce((total, own) => {
    try {
      return total + of(own)
    } catch {
      // It ended between listing and reading.
      return total
    }
  }, 0)
}
