import type { Operation } from '@sluice/core'
import { withSamples } from '../census/samples.ts'
import { audioTranscriptions, audioTranslations } from './audio.ts'
import { batchesCancel } from './batches-cancel.ts'
import { batchesCreate } from './batches-create.ts'
import { batchesList } from './batches-list.ts'
import { batchesRetrieve } from './batches-retrieve.ts'
import { chatCompletions } from './chat-completions.ts'
import { completions } from './completions.ts'
import { conversations } from './conversations.ts'
import { embeddings } from './embeddings.ts'
import { filesContent } from './files-content.ts'
import { filesCreate } from './files-create.ts'
import { filesDelete, filesList, filesRetrieve } from './files-records.ts'
import { modelsList } from './models-list.ts'
import { modelsRetrieve } from './models-retrieve.ts'
import { moderations } from './moderations.ts'
import { realtime } from './realtime.ts'
import {
  responsesCancel,
  responsesCompact,
  responsesCreate,
  responsesDelete,
  responsesInputItems,
  responsesInputTokens,
  responsesRetrieve,
} from './responses.ts'

/** What is not in this list is refused. */
export const operations: readonly Operation[] = [
  chatCompletions,
  completions,
  responsesCreate,
  responsesRetrieve,
  responsesDelete,
  responsesCancel,
  responsesInputItems,
  responsesInputTokens,
  responsesCompact,
  ...conversations,
  embeddings,
  moderations,
  audioTranscriptions,
  audioTranslations,
  modelsList,
  modelsRetrieve,
  batchesCreate,
  batchesList,
  batchesRetrieve,
  batchesCancel,
  filesCreate,
  filesList,
  filesRetrieve,
  filesDelete,
  filesContent,
  realtime,
].map(withSamples)
