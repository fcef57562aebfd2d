import { type DetectorInstance, type Finding, scanner } from '@sluice/core'
import { sortOfLine } from './code-line.ts'
import { type Line, LineReader } from './lines.ts'
import { type SourceCodeType, sourceCodeTypes } from './types.ts'

interface Block {
  readonly start: number
  end: number
  code: number
  weak: number
  other: number
  /** Lines that are no code since the last that is. */
  since: number
  isReported: boolean
}

interface State {
  readonly reader: LineReader
  block: Block | undefined
}

/** Lines in a row that are no code, blank ones aside, which end a block. */
const gap = 3

/**
 * Finds `minLines` lines of code with little else between them. A block is reported once, as soon as it is large enough, up
 * to there: the rest of it holds no stream.
 */
export function createBlockScan(minLines: number): DetectorInstance<SourceCodeType> {
  return scanner<State, SourceCodeType>(sourceCodeTypes, {
    init: () => ({ reader: new LineReader(), block: undefined }),
    push(state, text) {
      const findings = state.reader.push(text).flatMap((line) => read(state, line))
      const { block } = state
      return { state, findings, clearedTo: block === undefined || block.isReported ? state.reader.at : block.start }
    },
    end(state) {
      const findings = state.reader.end().flatMap((line) => read(state, line))
      return { state, findings, clearedTo: state.reader.at }
    },
  })

  function read(state: State, line: Line): readonly Finding<SourceCodeType>[] {
    const sort = sortOfLine(line.text)
    if (sort === 'blank') return []
    if (sort === 'other') {
      if (state.block !== undefined) {
        state.block.other += 1
        state.block.since += 1
        if (state.block.since >= gap || state.block.other * 3 > linesOf(state.block) + gap) state.block = undefined
      }
      return []
    }
    if (sort === 'weak' && state.block === undefined) return []
    const start = line.at + (line.text.length - line.text.trimStart().length)
    state.block ??= { start, end: start, code: 0, weak: 0, other: 0, since: 0, isReported: false }
    const { block } = state
    block.end = line.at + line.text.trimEnd().length
    block[sort] += 1
    block.since = 0
    if (block.isReported || linesOf(block) < minLines || block.code * 2 < linesOf(block)) return []
    block.isReported = true
    const share = block.code / (linesOf(block) + block.other)
    return [
      {
        type: 'SOURCE_CODE_BLOCK',
        confidence: Math.round(share * 80) / 100,
        ...{ start: block.start, end: block.end },
        data: { rule: 'code-block', evidence: 'pattern', lines: linesOf(block) },
      },
    ]
  }
}

function linesOf({ code, weak }: Block): number {
  return code + weak
}
