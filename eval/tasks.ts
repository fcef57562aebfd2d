import type { Task } from './task.ts'
import { agentThreats } from './tasks/agent-threats.ts'
import { benign } from './tasks/benign.ts'
import { secretEncodings } from './tasks/encodings.ts'
import { exfiltration } from './tasks/exfiltration.ts'
import { flows } from './tasks/flows.ts'
import { indirect } from './tasks/indirect.ts'
import { injection } from './tasks/injection.ts'
import { paths } from './tasks/paths.ts'
import { promptPerturbations } from './tasks/perturbations.ts'
import { piiCases } from './tasks/pii-cases.ts'
import { piiSpans } from './tasks/pii-spans.ts'
import { secrets } from './tasks/secrets.ts'
import { shell } from './tasks/shell.ts'
import { sql } from './tasks/sql.ts'

export const tasks: readonly Task[] = [
  secrets,
  secretEncodings,
  piiSpans,
  piiCases,
  injection,
  indirect,
  promptPerturbations,
  agentThreats,
  shell,
  sql,
  paths,
  exfiltration,
  flows,
  benign,
]
