import type { Deed } from '../../deed.ts'
import { cursor } from '../lex.ts'
import type { Reader } from './act.ts'
import { readAlter } from './alter.ts'
import { readDrop, readTruncate } from './drop.ts'
import { isConcatenated, lastEnd, likelihood, lower, quoteBefore } from './likelihood.ts'
import { readCreate, readDetach, readExec, readInsert, readMerge, readSet, readShutdown } from './others.ts'
import { readGrant, readRevoke } from './privileges.ts'
import { readDelete, readUpdate } from './writes.ts'

/** Something is read from here and, if it is a statement that does harm, told. */
export function readStatement(text: string, at: number, budget: { left: number }): Deed | undefined {
  const tokens = cursor(text, at, quoteBefore(text, at), budget)
  const head = tokens.next()
  const read = readers.get(head.text)
  if (head.type !== 'word' || read === undefined) return undefined
  const act = read(tokens, { text, at })
  if (act === undefined) return undefined
  const after = tokens.peek()
  if (isConcatenated(text, after, act)) return undefined
  const confidence = act.sure * likelihood(text, at, head, after)
  if (confidence < 0.35) return undefined
  const { class: kind, severity, rule } = act
  const firm = confidence >= 0.6
  return {
    class: kind,
    start: at,
    end: lastEnd(text, after.start, at),
    confidence: Math.round(confidence * 100) / 100,
    severity: firm ? severity : lower(severity),
    rule,
    evidence: firm ? 'parser' : 'pattern',
  }
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['drop', readDrop],
  ['truncate', readTruncate],
  ['delete', readDelete],
  ['update', readUpdate],
  ['alter', readAlter],
  ['grant', readGrant],
  ['revoke', readRevoke],
  ['create', readCreate],
  ['merge', readMerge],
  ['shutdown', readShutdown],
  ['insert', readInsert],
  ['detach', readDetach],
  ['set', readSet],
  ['exec', readExec],
  ['execute', readExec],
])

/** A word with which one of the statements begins, as far as it stands alone. */
export const heads: RegExp =
  /(?<![\p{L}\p{N}_$@.-]|[\p{L}\p{N}_$)\]]\.|\bFOR |\bfor |\bDO |\bdo |\bON |\bon |\bTHEN (?=UPDATE SET)|\bKEY )(?:drop|truncate|delete|update|alter|grant|revoke|create|merge|shutdown|insert|detach|set|exec(?:ute)?)(?![\p{L}\p{N}_$.:=-])/giu
