import type { LoadedDetector } from '../packages/core/src/index.ts'
import type { Case, Outcome } from './case.ts'
import type { Corpora } from './corpora.ts'
import { type CurvePoint, curveOf } from './curve.ts'
import { inspectorOf } from './inspecting.ts'
import { measure } from './measure.ts'
import { sampled } from './random.ts'
import type { Row } from './row.ts'
import type { Task } from './task.ts'

export interface Answers {
  /** `Sluice`, or the name of a peer. */
  readonly by: string
  readonly rows: readonly Row[]
  readonly curve: readonly CurvePoint[]
  readonly cases: number
  readonly megabytesPerSecond: number
  /** It ended by itself before it had answered all cases. */
  readonly failed?: true
}

export interface TaskResult {
  readonly task: Task
  readonly cases: readonly Case[]
  readonly ours: Answers
  readonly peers: readonly Answers[]
  /** Of this task's corpora, those for which our own cases stood in. */
  readonly own: readonly string[]
}

/** Undefined where none of the task's detectors is there. */
export async function runTask(
  task: Task,
  corpora: Corpora,
  loaded: ReadonlyMap<string, LoadedDetector>,
  sample: number,
): Promise<Omit<TaskResult, 'peers'> | undefined> {
  const detectors = task.detectors.flatMap((name) => loaded.get(name) ?? [])
  if (detectors.length === 0) return undefined
  const declared = detectors.flatMap(({ instance }) => Object.keys(instance.types))
  const cases = ofEachGroup(task.cases(corpora, declared), sample)
  const { outcomes, bytes, ms } = await measure(cases, inspectorOf(detectors))
  const own = task.corpora.filter((name) => corpora.isOwn(name))
  return { task, cases, own, ours: answersOf('Sluice', task, outcomes, bytes, ms) }
}

export function answersOf(by: string, task: Task, outcomes: readonly Outcome[], bytes: number, ms: number): Answers {
  return {
    by,
    rows: task.rows(outcomes).filter(({ of }) => of > 0),
    curve: task.score === undefined ? [] : curveOf(outcomes, task.score),
    cases: outcomes.length,
    megabytesPerSecond: ms === 0 ? 0 : bytes / 1e6 / (ms / 1000),
  }
}

function ofEachGroup(cases: readonly Case[], sample: number): readonly Case[] {
  const groups = Map.groupBy(cases, ({ group }) => group)
  // One seed for all: of groups that are the same cases in other forms, the same are chosen.
  return [...groups.values()].flatMap((group) => sampled(group, sample, 'sample'))
}
