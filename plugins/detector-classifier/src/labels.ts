import type { DetectionTypeSpec, Finding } from '@sluice/core'
import type { ScoredWindow } from './messages.ts'
import type { ClassifierOptions, LabelEntry } from './options.ts'

/** The types that the labels lead to. The first label of a type says what it is; severity goes with each finding. */
export function typesOf(labels: ClassifierOptions['labels']): Readonly<Record<string, DetectionTypeSpec>> {
  const types: Record<string, DetectionTypeSpec> = {}
  for (const entry of Object.values(labels)) {
    types[entry.type] ??= {
      message: entry.message ?? 'A classifier holds this text to be what its label says',
      severity: severityOf(entry),
      riskDomain: entry.riskDomain ?? 'ADVERSARIAL',
      riskCategory: entry.riskCategory ?? 'PROMPT_INJECTION',
      dataClassification: 'NONE',
    }
  }
  return types
}

/** Windows of one label that touch are one finding, of the highest score among them. In order of start. */
export function findingsOf(
  windows: readonly ScoredWindow[],
  names: readonly string[],
  labels: ClassifierOptions['labels'],
): readonly Finding[] {
  const found: Finding[] = []
  for (const [at, name] of names.entries()) {
    const entry = labels[name]
    if (entry === undefined) continue
    let open: Finding | undefined
    for (const { start, end, scores } of windows) {
      const confidence = Math.min(1, scores[at] ?? 0)
      if (!(confidence >= (entry.threshold ?? 0.5))) continue
      if (open !== undefined && start <= open.end + 1) {
        open = { ...open, end, confidence: Math.max(open.confidence, confidence) }
      } else {
        if (open !== undefined) found.push(open)
        const said = { rule: 'classifier', evidence: 'model', label: name } as const
        open = { type: entry.type, confidence, severity: severityOf(entry), start, end, data: said }
      }
    }
    if (open !== undefined) found.push(open)
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end)
}

function severityOf({ severity = 'MEDIUM' }: LabelEntry): NonNullable<LabelEntry['severity']> {
  return severity
}
