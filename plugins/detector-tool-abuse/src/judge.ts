import { type Deed, judgeAddresses, judgePaths, judgeShell, judgeSql } from '@sluice/commands'

/** All that a text which is handed to a tool would do. */
export function judgeAll(text: string): readonly Deed[] {
  return [...judgeShell(text), ...judgeSql(text), ...judgePaths(text), ...judgeAddresses(text)]
}

/** The deeds of a part of a text, placed in the text. */
export function placed(deeds: readonly Deed[], at: number): readonly Deed[] {
  return at === 0 ? deeds : deeds.map((deed) => ({ ...deed, start: deed.start + at, end: deed.end + at }))
}

const steps = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const

/** The same, said of rather than done: each so many steps less grave, and none graver than `most`. */
export function lessened(deeds: readonly Deed[], by: number, most: Deed['severity']): readonly Deed[] {
  return deeds.map((deed) => {
    const step = Math.min(steps.indexOf(deed.severity) - by, steps.indexOf(most))
    return { ...deed, severity: steps[Math.max(0, step)] ?? 'LOW' }
  })
}
