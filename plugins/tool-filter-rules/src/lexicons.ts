import type { Capability } from './capability.ts'
import type { Lexicon } from './lexicon.ts'
import { databaseWrite } from './lexicons/database-write.ts'
import { fileWrite } from './lexicons/file-write.ts'
import { messaging } from './lexicons/messaging.ts'
import { networkAccess } from './lexicons/network-access.ts'
import { payment } from './lexicons/payment.ts'
import { shellExecution } from './lexicons/shell-execution.ts'

export const lexicons: Readonly<Record<Capability, Lexicon>> = {
  SHELL_EXECUTION: shellExecution,
  DATABASE_WRITE: databaseWrite,
  FILE_WRITE: fileWrite,
  NETWORK_ACCESS: networkAccess,
  PAYMENT: payment,
  MESSAGING: messaging,
}
