import type { Row } from './row.ts'
import type { TaskResult } from './run-task.ts'

const shownChars = 160

/** Cases that make a figure worse: on a terminal, for who works on the rules, never in the published report. */
export function listMisses({ task, ours }: TaskResult, most: number): readonly string[] {
  return ours.rows
    .filter(({ failed }) => failed.length > 0)
    .flatMap((row) => [`\n${task.id}: ${row.name}: ${row.failed.length}`, ...missesOf(row, most)])
}

function missesOf({ failed }: Row, most: number): readonly string[] {
  return failed.slice(0, most).map((outcome) => {
    const text = JSON.stringify(outcome.case.text.slice(0, shownChars))
    const found = outcome.found.map(
      ({ type, severity, confidence, start, end }) =>
        `${type} ${severity} ${confidence} ${JSON.stringify(outcome.case.text.slice(start, Math.min(end, start + 60)))}`,
    )
    return [`  ${outcome.case.id} [${outcome.case.group}] ${text}`, ...found.map((line) => `      ${line}`)].join('\n')
  })
}
