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

/** The same, said of rather than done: `by` steps less grave, none graver than `most`, and without what would be LOW. */
export function lessened(deeds: readonly Deed[], most: Deed['severity'], by: number): readonly Deed[] {
  return deeds.flatMap((deed) => {
    const step = Math.min(steps.indexOf(deed.severity) - by, steps.indexOf(most))
    const severity = steps[step]
    return severity === undefined || severity === 'LOW' ? [] : [{ ...deed, severity }]
  })
}
