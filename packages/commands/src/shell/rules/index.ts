import type { CommandRule } from '../rule.ts'
import { cannotBeUndone, changesEverything, overwritesDevice, removesFiles } from './destructive.ts'
import { hidesProgram, runsDecoded, runsEchoed } from './obfuscation.ts'
import { schedulesJob, writesStartup } from './persistence.ts'
import * as privileges from './privileges.ts'
import * as remote from './remote.ts'
import * as escapes from './shell-escape.ts'
import { writesCode } from './writes-code.ts'

/** Each says at most one thing of a command; several may speak of one. */
export const commandRules: readonly CommandRule[] = [
  removesFiles,
  overwritesDevice,
  changesEverything,
  cannotBeUndone,
  hidesProgram,
  runsDecoded,
  runsEchoed,
  schedulesJob,
  writesStartup,
  writesCode,
  ...Object.values(privileges),
  ...Object.values(remote),
  ...Object.values(escapes),
]
