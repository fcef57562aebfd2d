import { type DetectorInstance, type Finding, scanner } from '@sluice/core'
import type { FingerprintIndex } from './index-file.ts'
import { type Line, LineReader } from './lines.ts'
import { tokensOf } from './tokens.ts'
import { type SourceCodeType, sourceCodeTypes } from './types.ts'
import { type Gram, Winnower } from './winnow.ts'

export interface Overlap {
  /** Fingerprints in a run that are in the index. */
  readonly minFingerprints: number
  /** Lines of text that they reach over. */
  readonly minLines: number
}

/** Grams of the index that stand close together. */
interface Run {
  readonly start: number
  end: number
  readonly firstLine: number
  lastLine: number
  hits: number
  /** Tokens since the last of them. */
  since: number
  readonly files: Set<number>
}

interface State {
  readonly reader: LineReader
  readonly winnower: Winnower
  line: number
  run: Run | undefined
}

/** UTF-16 units after which a run is reported and another begins. */
const longestRun = 8192

/** Finds text that shares fingerprints with an index. Keeps the open run and a few tokens; reads line by line. */
export function createFingerprintScan(index: FingerprintIndex, overlap: Overlap): DetectorInstance<SourceCodeType> {
  const gap = 2 * (index.k + index.w)
  return scanner<State, SourceCodeType>(sourceCodeTypes, {
    init: () => ({ reader: new LineReader(), winnower: new Winnower(index), line: 0, run: undefined }),
    push(state, text) {
      const findings = state.reader.push(text).flatMap((line) => read(state, line))
      const clearedTo = Math.min(state.reader.at, state.winnower.open ?? state.reader.at, state.run?.start ?? Infinity)
      return { state, findings, clearedTo }
    },
    end(state) {
      const findings = state.reader.end().flatMap((line) => read(state, line))
      return { state, findings: [...findings, ...close(state)], clearedTo: state.reader.at }
    },
  })

  function read(state: State, line: Line): readonly Finding<SourceCodeType>[] {
    const findings: Finding<SourceCodeType>[] = []
    for (const token of tokensOf(line, index.renames)) {
      const { run } = state
      if (run !== undefined) {
        run.since += 1
        if (run.since > gap || token.end - run.start > longestRun) findings.push(...close(state))
      }
      const gram = state.winnower.push(token)
      const file = gram && index.find(gram.text)
      if (gram !== undefined && file !== undefined) hit(state, gram, file)
    }
    state.line += 1
    return findings
  }

  function hit(state: State, gram: Gram, file: number): void {
    state.run ??= {
      ...{ start: gram.start, end: gram.end, firstLine: state.line, lastLine: state.line, hits: 0, since: 0 },
      files: new Set(),
    }
    const { run } = state
    run.end = Math.max(run.end, gram.end)
    run.lastLine = state.line
    run.hits += 1
    run.since = 0
    run.files.add(file)
  }

  function close(state: State): readonly Finding<SourceCodeType>[] {
    const { run } = state
    state.run = undefined
    if (run === undefined) return []
    const lines = run.lastLine - run.firstLine + 1
    if (run.hits < overlap.minFingerprints || lines < overlap.minLines) return []
    return [
      {
        type: 'IP_SOURCE_CODE',
        confidence: Math.min(0.99, 0.6 + 0.03 * run.hits),
        ...{ start: run.start, end: run.end },
        data: { rule: 'fingerprints', evidence: 'pattern', fingerprints: run.hits, lines, files: run.files.size },
      },
    ]
  }
}
