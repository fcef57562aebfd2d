import { sections } from '../../apps/gateway/test/exchanges/pitfalls/encodings/all.ts'
import type { AnswerCase } from '../../apps/gateway/test/exchanges/pitfalls/encodings/answer-case.ts'
import { answerSections } from '../../apps/gateway/test/exchanges/pitfalls/encodings/answers.ts'
import type { EncodingCase, Outcome } from '../../apps/gateway/test/exchanges/pitfalls/encodings/case.ts'

/** What becomes of each way to write a request: the cases that the black-box tests send, so the page says what they hold. */
export function requestEncodings(): string {
  return sections
    .map(({ title, cases }) => {
      const rows = cases.map((each) => `| ${cell(each.what)} | ${cell(requestOutcome(each))} |`)
      return [`### ${title}\n`, '| what comes | what becomes of it |', '|---|---|', ...rows].join('\n')
    })
    .join('\n\n')
}

export function answerEncodings(): string {
  return answerSections
    .map(({ title, cases }) => {
      const rows = cases.map((each) => `| ${cell(answerWhat(each))} | ${answerOutcome(each)} |`)
      return [`### ${title}\n`, '| what the provider sends | what becomes of it |', '|---|---|', ...rows].join('\n')
    })
    .join('\n\n')
}

function requestOutcome(each: EncodingCase): string {
  const { outcome, onDeno } = each
  if (onDeno === undefined) return described(outcome, each)
  return `Bun: ${described(outcome, each)}. Deno: ${described(onDeno, each)}`
}

function described(outcome: Outcome, { message }: EncodingCase): string {
  switch (outcome.type) {
    case 'inspected': {
      const { wire, forwarded } = message('x')
      return wire === undefined && forwarded !== undefined ? 'inspected, forwarded decoded' : 'inspected'
    }
    case 'refused':
      return `\`${outcome.status}\` ${outcome.says}`
    case 'runtime':
      return outcome.answer === 'closed' ? 'closed by the runtime' : `\`${outcome.answer}\` by the runtime`
  }
}

function answerWhat({ what, stream }: AnswerCase): string {
  return stream === true && !/stream/i.test(what) ? `${what}, where a stream was asked for` : what
}

function answerOutcome({ outcome, notInspected }: AnswerCase): string {
  const missed = notInspected === undefined ? '' : ` (record: \`${notInspected}\`)`
  switch (outcome) {
    case 'judged':
      return 'inspected before it is given'
    case 'observed':
      return `given as it comes, inspected when it has ended${missed}`
    case 'refused':
      return `\`502\` where a rule could act, else given${missed}`
  }
}

/** What people read in a table is text: nothing in it is a column's end, a tag or a mark of emphasis. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')
}
