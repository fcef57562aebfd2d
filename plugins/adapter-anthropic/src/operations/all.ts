import type { Operation } from '@sluice/core'
import { batchesCancel } from './batches-cancel.ts'
import { batchesCreate } from './batches-create.ts'
import { batchesDelete } from './batches-delete.ts'
import { batchesList } from './batches-list.ts'
import { batchesResults } from './batches-results.ts'
import { batchesRetrieve } from './batches-retrieve.ts'
import { messagesCountTokens } from './messages-count-tokens.ts'
import { messagesCreate } from './messages-create.ts'
import { modelsList } from './models-list.ts'
import { modelsRetrieve } from './models-retrieve.ts'

/** What is not in this list is refused. */
export const operations: readonly Operation[] = [
  messagesCreate,
  messagesCountTokens,
  batchesCreate,
  batchesList,
  batchesRetrieve,
  batchesCancel,
  batchesDelete,
  batchesResults,
  modelsList,
  modelsRetrieve,
]
